import styles from './checkbox.module.css'

export interface CheckboxProps {
  /** Its name, for screen readers. */
  readonly label: string
  readonly isOn: boolean
  readonly onChange: (isOn: boolean) => void
  /** Why it cannot be turned on; without it, it can. */
  readonly refusal?: string | undefined
}

/** A box to tick. One that cannot be ticked says why. */
export function Checkbox({ label, isOn, onChange, refusal }: CheckboxProps) {
  return (
    <span className={styles.box} title={refusal}>
      <input
        type="checkbox"
        aria-label={label}
        aria-description={refusal}
        checked={isOn}
        disabled={refusal !== undefined && !isOn}
        onChange={(event) => onChange(event.target.checked)}
      />
    </span>
  )
}
