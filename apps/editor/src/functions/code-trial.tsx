import { CircleAlert, CircleStop, Play, TriangleAlert } from 'lucide-react'
import type { LogLine } from '../api/functions-api.ts'
import { openText } from '../inspect/value-text.ts'
import { Button } from '../ui/button.tsx'
import styles from './code-dialog.module.css'
import type { TrialState } from './use-trial.ts'

export interface CodeTrialProps {
  readonly trial: TrialState
  readonly canRun: boolean
  readonly onRun: () => void
  readonly onStop: () => void
}

/** Tries code, and shows what came of it. */
export function CodeTrial({ trial, canRun, onRun, onStop }: CodeTrialProps) {
  const isRunning = trial.status === 'running'
  return (
    <section className={styles.trial} aria-label="Try it">
      <div className={styles.bar}>
        <h3 className={styles.heading}>Try it</h3>
        <span className={styles.promise} role="status" aria-busy={isRunning}>
          {wordsFor(trial)}
        </span>
        {isRunning ? (
          <Button size="small" icon={<CircleStop size={13} aria-hidden />} onClick={onStop}>
            Stop
          </Button>
        ) : (
          <Button
            size="small"
            icon={<Play size={13} aria-hidden />}
            shortcut="Ctrl+Enter"
            disabled={!canRun}
            onClick={onRun}
          >
            Run
          </Button>
        )}
      </div>
      {trial.status === 'done' && <Outcome outcome={trial.outcome} />}
      {trial.status === 'unanswered' && <Failure message={trial.message} />}
    </section>
  )
}

function Outcome({
  outcome,
}: {
  readonly outcome: Extract<TrialState, { status: 'done' }>['outcome']
}) {
  return (
    <>
      {outcome.status === 'failed' ? (
        <Failure message={outcome.error.message} stack={stackOf(outcome.error.details)} />
      ) : (
        <pre className={styles.result} aria-label="Result">
          {outcome.result === null ? 'null' : openText(outcome.result)}
        </pre>
      )}
      {outcome.log.length > 0 && <Log lines={outcome.log} />}
    </>
  )
}

function Log({ lines }: { readonly lines: readonly LogLine[] }) {
  return (
    <ol className={styles.log} aria-label="Console">
      {lines.map(({ level, message }, index) => (
        // Lines are only ever added at the end.
        <li key={index} data-level={level}>
          {level === 'warning' && <TriangleAlert size={12} aria-label="Warning" />}
          {level === 'error' && <CircleAlert size={12} aria-label="Error" />}
          <span>{message}</span>
        </li>
      ))}
    </ol>
  )
}

interface FailureProps {
  readonly message: string
  readonly stack?: readonly string[]
}

function Failure({ message, stack = [] }: FailureProps) {
  return (
    <div className={styles.failure} role="alert">
      <CircleAlert size={14} aria-hidden />
      <div>
        <p>{message}</p>
        {stack.length > 1 && <pre>{stack.join('\n')}</pre>}
      </div>
    </div>
  )
}

function wordsFor(trial: TrialState): string {
  switch (trial.status) {
    case 'idle':
      return 'With the values beside it, and the limits of the node.'
    case 'running':
      return 'It runs…'
    case 'unanswered':
      return ''
    case 'done': {
      const time = `${trial.outcome.ms.toLocaleString('en')} ms`
      return trial.outcome.status === 'returned' ? `Returned in ${time}` : `Failed after ${time}`
    }
  }
}

function stackOf(details: Readonly<Record<string, unknown>> | undefined): readonly string[] {
  const stack = details?.['stack']
  return Array.isArray(stack) ? stack.map(String) : []
}
