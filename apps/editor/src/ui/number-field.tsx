import { Field } from '@base-ui/react/field'
import { useState, type KeyboardEvent } from 'react'
import control from './control.module.css'
import styles from './field.module.css'
import { judgeNumber, readNumber, stepNumber } from './number-text.ts'

export interface NumberFieldProps {
  /** `undefined` is empty. */
  readonly value: number | undefined
  readonly onChange: (value: number | undefined) => void
  /** Arrow keys stop at the bounds; a typed number is taken as it is, so that it can be judged. */
  readonly minimum?: number | undefined
  readonly maximum?: number | undefined
  readonly step?: number | undefined
  /** What counts while it is empty: the arrow keys begin there. */
  readonly byDefault?: number | undefined
  readonly placeholder?: string | undefined
  readonly isDisabled?: boolean
  /** What it is counted in, shown behind the number. */
  readonly unit?: string | undefined
  /** Its name where no `Field` gives one. */
  readonly label?: string
}

/** A number, typed with a point or a comma, or stepped with the arrow keys. */
export function NumberField(props: NumberFieldProps) {
  const { value, onChange, minimum, maximum, step = 1 } = props
  // What is typed stays as it is typed until the field is left.
  const [draft, setDraft] = useState<string>()
  const judged = draft === undefined ? 'empty' : judgeNumber(draft)
  const isOpen = judged === 'begun' || judged === 'wrong'
  // A value that comes from elsewhere, as by undo, is shown at once.
  const isCurrent = draft !== undefined && (isOpen || readNumber(draft) === value)
  const shown = isCurrent ? draft : value === undefined ? '' : String(value)

  const type = (text: string) => {
    setDraft(text)
    const now = judgeNumber(text)
    const typed = readNumber(text)
    if ((now === 'empty' || now === 'number') && typed !== value) onChange(typed)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const direction = event.key === 'ArrowUp' ? 1 : event.key === 'ArrowDown' ? -1 : 0
    if (direction === 0 || event.altKey || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    setDraft(undefined)
    const start = value ?? props.byDefault ?? minimum ?? 0
    const by = direction * (event.shiftKey ? 10 : 1)
    onChange(stepNumber(start, by, { step, minimum, maximum }))
  }

  return (
    <>
      <span className={styles.number}>
        <Field.Control
          className={control.control}
          inputMode="decimal"
          autoComplete="off"
          role="spinbutton"
          aria-valuenow={value}
          aria-valuemin={minimum}
          aria-valuemax={maximum}
          aria-label={props.label}
          placeholder={props.placeholder}
          disabled={props.isDisabled ?? false}
          value={shown}
          onValueChange={type}
          onKeyDown={onKeyDown}
          onBlur={() => setDraft(undefined)}
          data-has-unit={props.unit !== undefined || undefined}
        />
        {props.unit !== undefined && <span className={styles.unit}>{props.unit}</span>}
      </span>
      {judged === 'wrong' && (
        <p className={styles.error} role="alert">
          “{draft}” is no number. Write it like 4000 or 0.5; it counts once it is one.
        </p>
      )}
    </>
  )
}
