import { TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import styles from './hint.module.css'

export interface HintProps {
  /** By which a control is described by it. */
  readonly id?: string
  readonly text: string
  readonly isWrong?: boolean
  /** What can be done about it. */
  readonly action?: HintAction | undefined
}

export interface HintAction {
  readonly label: ReactNode
  readonly run: () => void
}

/** Puts the name in that was meant. */
export function usingName(name: string, run: () => void): HintAction {
  return {
    label: (
      <>
        Use <code>{name}</code>
      </>
    ),
    run,
  }
}

/** A sentence below a control, which a screen reader says when it changes, and what can be done. */
export function Hint({ id, text, isWrong = false, action }: HintProps) {
  return (
    <div className={styles.hint} data-wrong={isWrong || undefined}>
      {isWrong && <TriangleAlert size={12} aria-hidden />}
      <span id={id} role="status">
        {text}
      </span>
      {action !== undefined && (
        <button type="button" className={styles.action} onClick={action.run}>
          {action.label}
        </button>
      )}
    </div>
  )
}
