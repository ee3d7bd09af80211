import { Check, Copy, Crosshair, RotateCcw } from 'lucide-react'
import { memo, useState } from 'react'
import type { WatchedRun } from '../run/create-run-store.ts'
import { useRun } from '../run/run-store.ts'
import { sessionCommands } from '../session/session-store.ts'
import { Button } from '../ui/button.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { answerOf, wordsOf } from './answer.ts'
import { AnswerView } from './answer-view.tsx'
import styles from './chat-preview.module.css'
import { chatCommands, type Turn, type TurnEnd } from './chat-store.ts'
import { titleOfError } from './error-words.ts'

export interface TurnViewProps {
  readonly turn: Turn
  readonly isLast: boolean
}

/** One question with its answer. */
export const TurnView = memo(function TurnView({ turn, isLast }: TurnViewProps) {
  return (
    <li className={styles.turn}>
      <div className={styles.question}>
        <span className="visually-hidden">You: </span>
        {turn.prompt}
      </div>
      <div className={styles.answer} data-testid="answer">
        <span className="visually-hidden">Flow: </span>
        {turn.end === undefined ? <LiveAnswer /> : <EndedAnswer end={turn.end} isLast={isLast} />}
      </div>
    </li>
  )
})

/** The answer of the watched run; only this renders while text streams in. */
export function LiveAnswer() {
  const yields = useRun(selectYields)
  const result = useRun(selectResult)
  const isReconnecting = useRun(selectIsReconnecting)
  return (
    <>
      <AnswerView answer={answerOf(yields, result)} isStreaming />
      {isReconnecting && (
        <p className={styles.statusLine}>
          The connection was lost. Reconnecting; nothing is missed…
        </p>
      )}
    </>
  )
}

interface EndedAnswerProps {
  readonly end: TurnEnd
  readonly isLast: boolean
}

/** An answer that is complete, or as far as it came. */
export function EndedAnswer({ end, isLast }: EndedAnswerProps) {
  const { answer, outcome, error } = end
  return (
    <>
      <AnswerView answer={answer} isStreaming={false} />
      {outcome === 'completed' && answer.parts.length === 0 && (
        <p className={styles.statusLine}>
          The flow ended without a value. A Yield return or a Return node gives the client one.
        </p>
      )}
      {outcome === 'cancelled' && <p className={styles.statusLine}>Stopped.</p>}
      {outcome !== 'cancelled' && error !== undefined && <ErrorNotice error={error} />}
      {outcome === 'interrupted' && error === undefined && (
        <p className={styles.statusLine}>No longer followed: another run took its place.</p>
      )}
      <div className={styles.foot}>
        <Figures end={end} />
        {wordsOf(answer) !== '' && <CopyAnswer text={wordsOf(answer)} />}
        {isLast && (
          <IconButton label="Retry" onClick={chatCommands.retry}>
            <RotateCcw size={14} aria-hidden />
          </IconButton>
        )}
      </div>
    </>
  )
}

function ErrorNotice({ error }: { readonly error: NonNullable<TurnEnd['error']> }) {
  const { nodeId, property } = error
  return (
    <div className={styles.error} role="alert">
      <strong>{titleOfError(error.code)}</strong>
      <p>{error.message}</p>
      {nodeId !== undefined && (
        <Button
          size="small"
          icon={<Crosshair size={14} aria-hidden />}
          onClick={() => sessionCommands.focusNode(nodeId, property)}
        >
          Show node
        </Button>
      )}
    </div>
  )
}

function CopyAnswer({ text }: { readonly text: string }) {
  const [isCopied, setCopied] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(text)
    setCopied(true)
    setTimeout(() => setCopied(false), 1_500)
  }
  return (
    <IconButton label={isCopied ? 'Copied' : 'Copy answer'} onClick={() => void copy()}>
      {isCopied ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />}
    </IconButton>
  )
}

function Figures({ end: { firstMs, totalMs, usage } }: { readonly end: TurnEnd }) {
  const figures = [
    ...(firstMs === undefined ? [] : [`${seconds(firstMs)} to the first word`]),
    ...(totalMs === undefined ? [] : [seconds(totalMs)]),
    ...(usage === null ? [] : [`${usage.totalTokens} tokens`]),
  ]
  const detail = usage === null ? undefined : `${usage.inputTokens} in, ${usage.outputTokens} out`
  return (
    <span className={styles.figures} title={detail}>
      {figures.join(' · ')}
    </span>
  )
}

function seconds(milliseconds: number): string {
  return milliseconds < 1000
    ? `${Math.round(milliseconds)} ms`
    : `${(milliseconds / 1000).toFixed(1)} s`
}

function selectYields({ state }: WatchedRun): readonly unknown[] {
  return state.yields
}

function selectResult({ state }: WatchedRun): unknown {
  return state.result
}

function selectIsReconnecting({ isReconnecting }: WatchedRun): boolean {
  return isReconnecting
}
