import { Select as Base } from '@base-ui/react/select'
import { Check, ChevronDown } from 'lucide-react'
import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'
import control from './control.module.css'
import styles from './popup.module.css'

export interface SelectOption<Value extends string> {
  readonly value: Value
  readonly label: ReactNode
  readonly hint?: string
}

export interface SelectProps<Value extends string> {
  /** `undefined` shows the placeholder. */
  readonly value: Value | undefined
  readonly options: readonly SelectOption<Value>[]
  readonly onChange: (value: Value) => void
  readonly placeholder?: string | undefined
  /** Its name where no `Field` gives one. */
  readonly label?: string
  readonly isDisabled?: boolean
  readonly isInvalid?: boolean
  /** Shown below the options, such as a command that makes another one. */
  readonly footer?: ReactNode
  readonly className?: string
}

/** Chooses one of a few fixed options. */
export function Select<Value extends string>(props: SelectProps<Value>) {
  return (
    <Base.Root
      items={props.options.map(({ value, label }) => ({ value, label }))}
      value={props.value ?? null}
      disabled={props.isDisabled ?? false}
      modal={false}
      onValueChange={(value) => value !== null && props.onChange(value)}
    >
      <Base.Trigger
        className={classNames(control.control, control.trigger, props.className)}
        aria-label={props.label}
        {...(props.isInvalid ? { 'data-invalid': true } : {})}
      >
        <Base.Value
          className={control.value}
          {...(props.placeholder === undefined ? {} : { placeholder: props.placeholder })}
        />
        <Base.Icon className={control.end}>
          <ChevronDown size={14} aria-hidden />
        </Base.Icon>
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner
          className={styles.positioner}
          alignItemWithTrigger={false}
          sideOffset={4}
          align="start"
        >
          <Base.Popup className={classNames(styles.popup, styles.asWideAsAnchor)}>
            <Base.List>
              {props.options.map((option) => (
                <Base.Item key={option.value} value={option.value} className={styles.item}>
                  <Base.ItemText className={styles.itemText}>
                    {option.label}
                    {option.hint !== undefined && (
                      <span className={styles.itemHint}>{option.hint}</span>
                    )}
                  </Base.ItemText>
                  <Base.ItemIndicator className={styles.itemEnd}>
                    <Check size={14} aria-hidden />
                  </Base.ItemIndicator>
                </Base.Item>
              ))}
            </Base.List>
            {props.footer}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
