import { Switch as Base } from '@base-ui/react/switch'
import styles from './switch.module.css'

export interface SwitchProps {
  readonly isOn: boolean
  readonly onChange: (isOn: boolean) => void
  /** Its name where no `Field` gives one. */
  readonly label?: string
  readonly isDisabled?: boolean
}

/** Turns something on or off at once. */
export function Switch({ isOn, onChange, label, isDisabled = false }: SwitchProps) {
  return (
    <Base.Root
      className={styles.track}
      checked={isOn}
      onCheckedChange={onChange}
      aria-label={label}
      disabled={isDisabled}
    >
      <Base.Thumb className={styles.thumb} />
    </Base.Root>
  )
}
