import { Crosshair, RotateCcw, Scissors, ScrollText } from 'lucide-react'
import { memo } from 'react'
import { showEvents } from '../events/show-events.ts'
import type { WatchedRun } from '../run/watched-run.ts'
import { ErrorNotice } from '../run/error-notice.tsx'
import { selectIsSought, useRun } from '../run/run-store.ts'
import { sessionCommands } from '../session/session-store.ts'
import { Button } from '../ui/button.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { answerOf, isBlank, wordsOf } from '@millrace/chat-view/answer'
import { AnswerView } from '@millrace/chat-view/answer-view'
import { chatCommands, type Turn, type TurnEnd } from './chat-store.ts'
import { outcomeNote, type OutcomeNote } from './outcome-note.ts'
import { Question } from './question.tsx'
import { TurnFigures } from './turn-figures.tsx'
import styles from './turn-view.module.css'

export interface TurnViewProps {
  readonly turn: Turn
  readonly isLast: boolean
}

/** One question with its answer. */
export const TurnView = memo(function TurnView({ turn, isLast }: TurnViewProps) {
  const runId = turn.end?.runId
  const isSought = useRun((run) => selectIsSought(run) && run.runId === runId)
  return (
    <li className={styles.turn}>
      <Question turn={turn} />
      <div className={styles.answer} data-testid="answer">
        <span className="visually-hidden">Flow: </span>
        {turn.end === undefined || isSought ? (
          <LiveAnswer />
        ) : (
          <EndedAnswer
            end={turn.end}
            {...(isLast ? { onRetry: () => chatCommands.retry() } : {})}
          />
        )}
      </div>
    </li>
  )
})

/** The answer of the watched run at the moment that is shown; only this renders while text streams in. */
export function LiveAnswer() {
  const yields = useRun(selectYields)
  const result = useRun(selectResult)
  const isReconnecting = useRun(selectIsReconnecting)
  const isStopping = useRun(selectIsStopping)
  const isStreaming = useRun(selectIsUnfinished) && !isStopping
  return (
    <>
      <AnswerView answer={answerOf(yields, result)} isStreaming={isStreaming} />
      {isReconnecting && (
        <p className={styles.remark}>The connection was lost. Reconnecting; nothing is missed…</p>
      )}
      {isStopping && <p className={styles.remark}>Stopping…</p>}
    </>
  )
}

interface EndedAnswerProps {
  readonly end: TurnEnd
  /** Only the last turn can be asked again without dropping others. */
  readonly onRetry?: () => void
}

/** An answer that is complete, or as far as it came. */
export function EndedAnswer({ end, onRetry }: EndedAnswerProps) {
  const { answer, outcome, error, runId, part } = end
  const hasFailed = error !== undefined && outcome !== 'cancelled'
  const isPartial = !isBlank(answer) && outcome !== 'completed'
  const note = outcome === 'completed' ? outcomeNote(end.calls) : undefined
  const words = wordsOf(answer)
  return (
    <>
      <AnswerView answer={answer} isStreaming={false} />
      {isPartial && <CutMark outcome={outcome} />}
      {note !== undefined && <Note note={note} />}
      {part !== undefined && <p className={styles.remark}>{part}</p>}
      {outcome === 'completed' && note === undefined && part === undefined && isBlank(answer) && (
        <p className={styles.remark}>
          The flow ended without a value. A Yield return or a Return node gives the client one.
        </p>
      )}
      {outcome === 'cancelled' && !isPartial && <p className={styles.remark}>Stopped.</p>}
      {hasFailed && (
        <ErrorNotice
          error={error}
          {...(onRetry === undefined ? {} : { retry: { since: end.endedAt, start: onRetry } })}
        />
      )}
      {outcome === 'interrupted' && !hasFailed && (
        <p className={styles.remark}>Interrupted: the server stopped while it answered.</p>
      )}
      {outcome === 'left' && !hasFailed && (
        <p className={styles.remark}>No longer followed: another run took its place.</p>
      )}
      <TurnFigures end={end}>
        {words !== '' && <CopyButton label="Copy answer" text={() => words} />}
        {runId !== undefined && (
          <IconButton label="Events of this run" onClick={() => showEvents(runId)}>
            <ScrollText size={14} aria-hidden />
          </IconButton>
        )}
        {onRetry !== undefined && (
          <IconButton label="Retry" onClick={onRetry}>
            <RotateCcw size={14} aria-hidden />
          </IconButton>
        )}
      </TurnFigures>
    </>
  )
}

/** Nobody may take a part of an answer for all of it. */
function CutMark({ outcome }: Pick<TurnEnd, 'outcome'>) {
  return (
    <p className={styles.cut}>
      <Scissors size={12} aria-hidden />
      {outcome === 'cancelled' ? 'Stopped. The answer is unfinished' : 'The answer is unfinished'}
    </p>
  )
}

function Note({ note: { title, text, nodeId } }: { readonly note: OutcomeNote }) {
  return (
    <div className={styles.note} role="note">
      <strong>{title}</strong>
      <p>{text}</p>
      <Button
        size="small"
        variant="quiet"
        icon={<Crosshair size={14} aria-hidden />}
        onClick={() => sessionCommands.focusNode(nodeId)}
      >
        Show node
      </Button>
    </div>
  )
}

function selectYields({ state }: WatchedRun): readonly unknown[] {
  return state.yields
}

function selectResult({ state }: WatchedRun): unknown {
  return state.result
}

/** At the moment that is shown. */
function selectIsUnfinished({ state }: WatchedRun): boolean {
  return state.endedAt === undefined
}

function selectIsReconnecting({ isReconnecting }: WatchedRun): boolean {
  return isReconnecting
}

function selectIsStopping({ isStopping }: WatchedRun): boolean {
  return isStopping
}
