import { Autocomplete as Base } from '@base-ui/react/autocomplete'
import { ChevronDown } from 'lucide-react'
import { classNames } from './class-names.ts'
import control from './control.module.css'
import styles from './popup.module.css'

export interface Suggestion {
  readonly value: string
  readonly hint?: string
}

export interface ComboboxProps {
  /** Free text: the suggestions only help. */
  readonly value: string
  readonly onChange: (value: string) => void
  readonly suggestions: readonly Suggestion[]
  readonly placeholder?: string | undefined
  /** Said in the list when nothing is to be suggested, such as `Loading models…`. */
  readonly emptyText?: string
  /** Its name where no `Field` gives one. */
  readonly label?: string
  readonly isMono?: boolean
}

/** Text that is typed freely or taken from suggestions. */
export function Combobox(props: ComboboxProps) {
  return (
    <Base.Root
      items={props.suggestions}
      itemToStringValue={(suggestion: Suggestion) => suggestion.value}
      value={props.value}
      onValueChange={props.onChange}
      openOnInputClick
    >
      <Base.InputGroup className={classNames(control.control, control.group)}>
        <Base.Input
          className={classNames(control.bare, props.isMono && control.mono)}
          placeholder={props.placeholder}
          aria-label={props.label}
        />
        <Base.Trigger className={control.inset} aria-label="Show suggestions">
          <ChevronDown size={14} aria-hidden />
        </Base.Trigger>
      </Base.InputGroup>
      <Base.Portal>
        <Base.Positioner className={styles.positioner} sideOffset={4} align="start">
          <Base.Popup className={classNames(styles.popup, styles.asWideAsAnchor)}>
            <Base.Empty className={styles.empty}>{props.emptyText ?? 'No suggestions.'}</Base.Empty>
            <Base.List>
              {(suggestion: Suggestion) => (
                <Base.Item key={suggestion.value} value={suggestion} className={styles.item}>
                  <span className={styles.itemText}>
                    {suggestion.value}
                    {suggestion.hint !== undefined && (
                      <span className={styles.itemHint}>{suggestion.hint}</span>
                    )}
                  </span>
                </Base.Item>
              )}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
