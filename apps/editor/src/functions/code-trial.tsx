import { CircleAlert, TriangleAlert } from 'lucide-react'
import type { CodeOutcome, LogLine, TriedCode } from '../api/functions-api.ts'
import { openText } from '../inspect/value-text.ts'
import { TrialFailure, TrialSection, type TrialControls } from '../trials/trial-section.tsx'
import type { TrialState } from '../trials/use-trial.ts'
import styles from './code-dialog.module.css'

/** How trying code stands. */
export type CodeTrialState = TrialState<TriedCode, CodeOutcome>

export interface CodeTrialProps extends TrialControls {
  readonly trial: CodeTrialState
}

/** Tries code, and shows what came of it. */
export function CodeTrial({ trial, ...controls }: CodeTrialProps) {
  const isRunning = trial.status === 'running'
  return (
    <TrialSection
      {...controls}
      title="Try it"
      note={
        <span className={styles.outcome} role="status" aria-busy={isRunning}>
          {wordsFor(trial)}
        </span>
      }
      isRunning={isRunning}
    >
      {trial.status === 'done' && <Outcome outcome={trial.outcome} />}
      {trial.status === 'failed' && <TrialFailure message={trial.error.message} />}
    </TrialSection>
  )
}

function Outcome({ outcome }: { readonly outcome: CodeOutcome }) {
  return (
    <>
      {outcome.status === 'failed' ? (
        <TrialFailure message={outcome.error.message} stack={stackOf(outcome.error.details)} />
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

function wordsFor(trial: CodeTrialState): string {
  switch (trial.status) {
    case 'idle':
      return 'With the values beside it, and the limits of the node.'
    case 'running':
      return 'It runs…'
    case 'failed':
      return ''
    case 'done': {
      const time = `${trial.outcome.ms.toLocaleString('en')} ms`
      return trial.outcome.status === 'returned' ? `Returned in ${time}` : `Failed after ${time}`
    }
  }
}

/** Only where it says more than where the code failed, which the editor marks. */
function stackOf(details: Readonly<Record<string, unknown>> | undefined): string | undefined {
  const stack = details?.['stack']
  return Array.isArray(stack) && stack.length > 1 ? stack.join('\n') : undefined
}
