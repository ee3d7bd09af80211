import { CircleAlert, CircleStop, Play } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from '../ui/button.tsx'
import styles from './trial-dialog.module.css'

/** What a trial can be told. */
export interface TrialControls {
  readonly canRun: boolean
  readonly onRun: () => void
  readonly onStop: () => void
}

export interface TrialSectionProps extends TrialControls {
  readonly title: string
  /** Beside the title. */
  readonly note: ReactNode
  readonly isRunning: boolean
  /** What came of it. */
  readonly children: ReactNode
}

/** The part of a `TrialDialog` in which its draft is tried. */
export function TrialSection(props: TrialSectionProps) {
  return (
    <section className={styles.section} aria-label={props.title}>
      <div className={styles.bar}>
        <h3 className={styles.heading}>{props.title}</h3>
        <span className={styles.note}>{props.note}</span>
        {props.isRunning ? (
          <Button size="small" icon={<CircleStop size={13} aria-hidden />} onClick={props.onStop}>
            Stop
          </Button>
        ) : (
          <Button
            size="small"
            icon={<Play size={13} aria-hidden />}
            shortcut="Ctrl+Enter"
            disabled={!props.canRun}
            onClick={props.onRun}
          >
            Run
          </Button>
        )}
      </div>
      {props.children}
    </section>
  )
}

export interface TrialFailureProps {
  readonly message: string
  /** Below the message. */
  readonly stack?: string | undefined
}

/** Why a draft failed when it was tried. */
export function TrialFailure({ message, stack }: TrialFailureProps) {
  return (
    <div className={styles.failure} role="alert">
      <CircleAlert size={14} aria-hidden />
      <div>
        <p>{message}</p>
        {stack !== undefined && <pre>{stack}</pre>}
      </div>
    </div>
  )
}
