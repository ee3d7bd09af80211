import { useState } from 'react'
import { useNodeInput } from '../run/run-store.ts'
import styles from './last-value.module.css'
import { showValue } from './show-value.ts'

export interface LastValueProps {
  readonly nodeId: string
  readonly propertyKey: string
}

/** The value that a bound property had in the last run; nothing when none was recorded. */
export function LastValue({ nodeId, propertyKey }: LastValueProps) {
  const input = useNodeInput(nodeId)
  const [isOpen, setOpen] = useState(false)
  if (input === undefined || !Object.hasOwn(input, propertyKey)) return null
  const text = showValue(input[propertyKey], isOpen ? 'open' : 'line')
  return (
    <button
      type="button"
      className={styles.value}
      aria-expanded={isOpen}
      onClick={() => setOpen(!isOpen)}
    >
      <span className={styles.label}>Last run</span>
      <span className={styles.text} data-open={isOpen || undefined}>
        {text}
      </span>
    </button>
  )
}
