import { NumberField as Base } from '@base-ui/react/number-field'
import control from './control.module.css'

export interface NumberFieldProps {
  /** `undefined` is empty. */
  readonly value: number | undefined
  readonly onChange: (value: number | undefined) => void
  readonly minimum?: number | undefined
  readonly maximum?: number | undefined
  readonly step?: number | undefined
  readonly placeholder?: string | undefined
  readonly isDisabled?: boolean
  /** Its name where no `Field` gives one. */
  readonly label?: string
}

/** A number, typed or stepped with the arrow keys. */
export function NumberField(props: NumberFieldProps) {
  return (
    <Base.Root
      value={props.value ?? null}
      onValueChange={(value) => props.onChange(value ?? undefined)}
      {...(props.minimum === undefined ? {} : { min: props.minimum })}
      {...(props.maximum === undefined ? {} : { max: props.maximum })}
      step={props.step ?? 1}
      disabled={props.isDisabled ?? false}
      format={{ maximumFractionDigits: 6, useGrouping: false }}
      locale="en"
    >
      <Base.Group>
        <Base.Input
          className={control.control}
          placeholder={props.placeholder}
          aria-label={props.label}
        />
      </Base.Group>
    </Base.Root>
  )
}
