import type { ErrorShape } from '@millrace/client'
import { RotateCcw, SquarePen } from 'lucide-react'
import { troubleOf } from './trouble.ts'
import styles from './trouble-notice.module.css'
import { useSecondsUntil, waitText } from './use-seconds-until.ts'

export interface TroubleNoticeProps {
  readonly error: ErrorShape
  /** The run that failed, where one began. */
  readonly runId?: string | undefined
  /** A box within a conversation, or all that there is to be seen. */
  readonly look: 'box' | 'page'
  /** Left out where nothing can be tried again. */
  readonly onRetry?: (() => void) | undefined
  /** Left out where no other conversation can be had. */
  readonly onNewChat?: () => void
}

/** What went wrong, and a button for what may help: to try again, as soon as that may, or a new chat. */
export function TroubleNotice({ error, runId, look, onRetry, onNewChat }: TroubleNoticeProps) {
  const { title, text, mayRetry, isFull, waitSeconds, isToReport } = troubleOf(error)
  // A refusal is found by its request, where no run began.
  const number = runId ?? error.details?.requestId
  const since = error.details?.['at']
  const seconds = useSecondsUntil(
    waitSeconds > 0 && typeof since === 'number' ? since + waitSeconds * 1000 : undefined,
  )
  return (
    <div className={styles[look]} role="alert">
      <strong>{title}</strong>
      <p>{text}</p>
      {isToReport && number !== undefined && (
        <p className={styles.report}>
          If it goes on, tell whoever runs this chat, with the number <code>{number}</code>
        </p>
      )}
      {mayRetry && onRetry !== undefined && (
        <button type="button" className={styles.remedy} disabled={seconds > 0} onClick={onRetry}>
          <RotateCcw size={14} aria-hidden />
          {seconds > 0 ? `Try again in ${waitText(seconds)}` : 'Try again'}
        </button>
      )}
      {isFull && onNewChat !== undefined && (
        <button type="button" className={styles.remedy} onClick={onNewChat}>
          <SquarePen size={14} aria-hidden />
          Start a new chat
        </button>
      )}
    </div>
  )
}
