import { wordsOf, type Answer } from '@millrace/chat-view/answer'
import type { ErrorShape, RunOutcome } from '@millrace/client'

/** One question and what came of it. */
export interface Turn {
  /** Also the key of its start: sent again after a reload, it is the same run. */
  readonly id: string
  readonly prompt: string
  /** `undefined` until the server answered the start. */
  readonly runId: string | undefined
  readonly outcome: 'running' | RunOutcome
  readonly answer: Answer
  readonly error: ErrorShape | undefined
  readonly rating: 'up' | 'down' | undefined
}

/** A conversation as this browser keeps it. */
export interface Session {
  readonly id: string
  readonly turns: readonly Turn[]
  /** Epoch milliseconds. */
  readonly updatedAt: number
}

/** A message of a conversation as a client sends it along. */
interface SaidMessage {
  readonly role: 'user' | 'assistant'
  readonly content: string
}

const noAnswer: Answer = { parts: [], sources: [], statusLine: undefined }

export function newTurn(id: string, prompt: string): Turn {
  return {
    id,
    prompt,
    runId: undefined,
    outcome: 'running',
    answer: noAnswer,
    error: undefined,
    rating: undefined,
  }
}

/** What was asked and answered, without what failed or is still open. */
export function historyOf(turns: readonly Turn[]): readonly SaidMessage[] {
  return turns.flatMap(({ prompt, answer, outcome }) => {
    const words = outcome === 'running' ? '' : wordsOf(answer)
    return words === ''
      ? []
      : [
          { role: 'user', content: prompt },
          { role: 'assistant', content: words },
        ]
  })
}

/** The turns before one, with which another branch of the conversation begins. */
export function turnsBefore(turns: readonly Turn[], turnId: string): readonly Turn[] {
  const index = turns.findIndex(({ id }) => id === turnId)
  return index === -1 ? turns : turns.slice(0, index)
}

/** The turns with one changed. */
export function withTurn(
  turns: readonly Turn[],
  turnId: string,
  change: Partial<Turn>,
): readonly Turn[] {
  return turns.map((turn) => (turn.id === turnId ? { ...turn, ...change } : turn))
}

/** What a conversation is called in a list: its first question. */
export function titleOf({ turns }: Session): string {
  const [first] = turns
  return first?.prompt.trim().replaceAll(/\s+/g, ' ').slice(0, 80) || 'New chat'
}
