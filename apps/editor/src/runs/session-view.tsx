import { Trash2, X } from 'lucide-react'
import type { StoredRun } from '../api/run-history-api.ts'
import { Link } from '../app/link.tsx'
import { runPath } from '../app/router.ts'
import { AnswerView } from '@millrace/chat-view/answer-view'
import { isBlank } from '@millrace/chat-view/answer'
import { IconButton } from '../ui/icon-button.tsx'
import { Spinner } from '../ui/spinner.tsx'
import { conversationOf } from './conversation-of.ts'
import type { Turn, UnreadTurn } from './read-turn.ts'
import { RunStateMark } from './run-state-mark.tsx'
import { startText } from './run-times.ts'
import styles from './session-view.module.css'
import { useTurns } from './use-turns.ts'

interface SessionViewProps {
  readonly sessionId: string
  /** Those of the session, the latest first. */
  readonly runs: readonly StoredRun[]
  /** Whether the session began before the first of them. */
  readonly hasEarlier: boolean
  /** Whether other filters leave some of its runs out. */
  readonly isPart: boolean
  readonly now: Date
  readonly onDelete: () => void
  readonly onClose: () => void
}

/** A conversation, as its runs recorded it: what was asked and answered, in order. */
export function SessionView(props: SessionViewProps) {
  const { sessionId, runs, hasEarlier, isPart, now, onDelete, onClose } = props
  const conversation = conversationOf(runs)
  const turns = useTurns(conversation.map(({ id }) => id))
  return (
    <section className={styles.session} aria-labelledby="session-title">
      <header className={styles.head}>
        <h2 id="session-title" title={sessionId}>
          Session {sessionId}
        </h2>
        <IconButton label="Delete all runs of the session" onClick={onDelete}>
          <Trash2 size={15} aria-hidden />
        </IconButton>
        <IconButton label="Runs of every session" onClick={onClose}>
          <X size={16} aria-hidden />
        </IconButton>
      </header>
      {/* It scrolls, so the keyboard must get there. */}
      <div className={styles.body} tabIndex={0} role="group" aria-label="Conversation">
        {hasEarlier && <p className={styles.note}>It began before: load more runs to read that.</p>}
        {isPart && (
          <p className={styles.note}>Only the runs that fit the other filters, too, are here.</p>
        )}
        <ol className={styles.turns}>
          {conversation.map((run) => (
            <TurnView key={run.id} run={run} turn={turns.get(run.id)} now={now} />
          ))}
        </ol>
      </div>
    </section>
  )
}

interface TurnViewProps {
  readonly run: StoredRun
  readonly turn: Turn | UnreadTurn | undefined
  readonly now: Date
}

function TurnView({ run, turn, now }: TurnViewProps) {
  const { id, flowId, state, startedAt, error } = run
  return (
    <li className={styles.turn}>
      <Link href={runPath(flowId, id)} className={styles.time}>
        {startText(startedAt, now)}
      </Link>
      <TurnWords turn={turn} />
      {state !== 'completed' && state !== 'running' && (
        <p className={styles.end}>
          <RunStateMark state={state} />
          <span>{error?.message}</span>
        </p>
      )}
    </li>
  )
}

function TurnWords({ turn }: Pick<TurnViewProps, 'turn'>) {
  if (turn === undefined) {
    return (
      <p className={styles.note}>
        <Spinner size={12} /> Reading…
      </p>
    )
  }
  if ('error' in turn) {
    return <p className={styles.note}>This could not be read: {turn.error.message}</p>
  }
  return (
    <>
      <p className={styles.question}>
        <span className="visually-hidden">Asked: </span>
        {turn.question ?? <em>The question was not recorded.</em>}
      </p>
      <div className={styles.answer}>
        <span className="visually-hidden">Answered: </span>
        <AnswerView answer={turn.answer} isStreaming={turn.outcome === undefined} />
        {turn.outcome === 'completed' && isBlank(turn.answer) && (
          <p className={styles.note}>It answered nothing.</p>
        )}
      </div>
    </>
  )
}
