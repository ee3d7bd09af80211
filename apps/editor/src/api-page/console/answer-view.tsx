import { Timer } from 'lucide-react'
import { Link } from '../../app/link.tsx'
import { runPath } from '../../app/router.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { durationText } from '../../ui/duration-text.ts'
import { Pill, type PillTone } from '../../ui/pill.tsx'
import { Spinner } from '../../ui/spinner.tsx'
import styles from './console.module.css'
import { failureIn } from './failure-in.ts'
import type { TrialAnswer } from './read-answer.ts'
import type { TrialState } from './use-trial.ts'

interface AnswerViewProps {
  readonly state: TrialState
  readonly flowId: string
}

/** What came of a trial, as a client gets it. */
export function AnswerView({ state, flowId }: AnswerViewProps) {
  if (state.status === 'idle') {
    return <p className={styles.hint}>What comes is shown here as it comes, byte by byte.</p>
  }
  const answer = state.status === 'waiting' ? undefined : state.answer
  const failure = answer && failureIn(answer)
  return (
    <section className={styles.answer} aria-label="Answer">
      <div className={styles.facts} role="status">
        {state.status === 'waiting' && (
          <>
            <Spinner size={14} /> Waiting for the answer…
          </>
        )}
        {answer && <Facts answer={answer} />}
        {state.status === 'stopped' && <Pill>Stopped</Pill>}
      </div>
      {state.status === 'lost' && (
        <p className={styles.failure} role="alert">
          <strong>{answer === undefined ? 'No answer came' : 'The answer broke off'}</strong>
          The server does not answer, or something between it and this page cut the connection. Look
          whether it runs, then send again.
        </p>
      )}
      {failure && (
        <p className={styles.failure} role="alert">
          <strong>{failure.title}</strong>
          {failure.message}
        </p>
      )}
      {answer?.runId !== undefined && (
        <p className={styles.run}>
          <span>
            x-run-id: <code>{answer.runId}</code>
          </span>
          <Link href={runPath(flowId, answer.runId)}>Show the run</Link>
        </p>
      )}
      {answer && <Body answer={answer} />}
    </section>
  )
}

function Facts({ answer }: { readonly answer: TrialAnswer }) {
  const { status, firstValueMs, endedMs, contentType } = answer
  return (
    <>
      <Pill tone={toneOf(status)}>Status {status}</Pill>
      {firstValueMs !== undefined && (
        <Pill icon={<Timer size={12} aria-hidden />}>First value {durationText(firstValueMs)}</Pill>
      )}
      {endedMs !== undefined && <Pill>Whole {durationText(endedMs)}</Pill>}
      <span className={styles.type}>{contentType.split(';')[0]}</span>
    </>
  )
}

function Body({ answer: { text, isCut } }: { readonly answer: TrialAnswer }) {
  return (
    <>
      {isCut && <p className={styles.hint}>It is long: only its end is shown.</p>}
      <div className={styles.body}>
        <pre tabIndex={0} aria-label="Body of the answer">
          {text}
        </pre>
        <CopyButton label="Copy the answer" text={() => text} />
      </div>
    </>
  )
}

function toneOf(status: number): PillTone {
  if (status >= 400) return 'error'
  return 'ok'
}
