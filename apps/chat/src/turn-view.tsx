import { isBlank, wordsOf } from '@millrace/chat-view/answer'
import { AnswerView } from '@millrace/chat-view/answer-view'
import { useCopy } from '@millrace/chat-view/use-copy'
import { Check, Copy, RotateCcw, ThumbsDown, ThumbsUp } from 'lucide-react'
import type { Chat } from './chat-store.ts'
import type { Turn } from './conversation.ts'
import { Question } from './question.tsx'
import { ToolButton } from './tool-button.tsx'
import { useChat } from './use-chat.ts'
import { TroubleNotice } from './trouble-notice.tsx'
import styles from './turn-view.module.css'

export interface TurnViewProps {
  readonly chat: Chat
  readonly turn: Turn
  readonly isLast: boolean
  readonly takesFeedback: boolean
}

/** A question with its answer, and what can be done with them. */
export function TurnView({ chat, turn, isLast, takesFeedback }: TurnViewProps) {
  const { id, prompt, runId, answer, outcome, error } = turn
  const isRunning = outcome === 'running'
  const retry = () => chat.commands.resend(id, prompt)
  return (
    <li className={styles.turn}>
      <Question prompt={prompt} onResend={(changed) => chat.commands.resend(id, changed)} />
      <div className={styles.answer}>
        <span className="visually-hidden">Answer: </span>
        <AnswerView answer={answer} isStreaming={isRunning} />
        <OutcomeLine turn={turn} />
        {error !== undefined && (
          <TroubleNotice
            look="box"
            error={error}
            runId={runId}
            {...(isLast ? { onRetry: retry, onNewChat: chat.commands.newSession } : {})}
          />
        )}
        {!isRunning && (
          <Tools
            chat={chat}
            turn={turn}
            takesFeedback={takesFeedback}
            onRetry={isLast && error === undefined ? retry : undefined}
          />
        )}
      </div>
    </li>
  )
}

/** Nobody may take a part of an answer for all of it. */
function OutcomeLine({ turn: { outcome, answer, error } }: { readonly turn: Turn }) {
  const isEmpty = isBlank(answer)
  switch (outcome) {
    case 'cancelled':
      return (
        <p className={styles.line}>{isEmpty ? 'Stopped.' : 'Stopped: the answer ends here.'}</p>
      )
    case 'interrupted':
      return <p className={styles.line}>The answer broke off. Ask again to have it whole.</p>
    case 'failed':
      return isEmpty ? null : <p className={styles.line}>The answer is not finished.</p>
    case 'completed':
      return isEmpty && error === undefined ? <p className={styles.line}>No answer came.</p> : null
    case 'running':
      return null
  }
}

interface ToolsProps {
  readonly chat: Chat
  readonly turn: Turn
  readonly takesFeedback: boolean
  readonly onRetry: (() => void) | undefined
}

function Tools({ chat, turn, takesFeedback, onRetry }: ToolsProps) {
  const { id, runId, answer, rating, outcome } = turn
  const { isCopied, copy } = useCopy()
  const isUnrated = useChat(chat, ({ unratedId }) => unratedId === id)
  const words = wordsOf(answer)
  return (
    <div className={styles.tools}>
      {words !== '' && (
        <ToolButton label={isCopied ? 'Copied' : 'Copy answer'} onClick={() => copy(words)}>
          {isCopied ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />}
        </ToolButton>
      )}
      {onRetry !== undefined && (
        <ToolButton label="Retry" onClick={onRetry}>
          <RotateCcw size={14} aria-hidden />
        </ToolButton>
      )}
      {takesFeedback && runId !== undefined && outcome === 'completed' && (
        <>
          <ToolButton
            label="Good answer"
            aria-pressed={rating === 'up'}
            onClick={() => chat.commands.rate(id, 'up')}
          >
            <ThumbsUp size={14} aria-hidden />
          </ToolButton>
          <ToolButton
            label="Bad answer"
            aria-pressed={rating === 'down'}
            onClick={() => chat.commands.rate(id, 'down')}
          >
            <ThumbsDown size={14} aria-hidden />
          </ToolButton>
          <span role="status" className={styles.unrated}>
            {isUnrated && 'Your rating was not sent. Try again in a moment.'}
          </span>
        </>
      )}
    </div>
  )
}
