import { isRecord, type ErrorShape, type Usage } from '@millrace/flow'
import { create } from 'zustand'
import { useDocument } from '../document/document-store.ts'
import type { WatchedRun } from '../run/create-run-store.ts'
import { runCommands, selectIsRunning, subscribeToRun } from '../run/run-store.ts'
import { answerOf, wordsOf, type Answer } from './answer.ts'

/** How a turn ended. */
export interface TurnEnd {
  readonly outcome: Exclude<WatchedRun['status'], 'idle' | 'starting' | 'pending' | 'running'>
  readonly answer: Answer
  readonly error: ErrorShape | undefined
  readonly usage: Usage | null
  /** From the start to the first value, and to the end, in milliseconds. */
  readonly firstMs: number | undefined
  readonly totalMs: number | undefined
}

/** One question and what came of it. */
export interface Turn {
  readonly id: string
  readonly prompt: string
  /** `undefined` while it is being answered by the watched run. */
  readonly end: TurnEnd | undefined
}

/** The conversation of the chat preview, which lives as long as the page. */
export interface ChatState {
  readonly sessionId: string
  /** What goes along with every message; the flow decides what it means. */
  readonly context: string
  readonly turns: readonly Turn[]
  /** When the first value of the turn that is being answered came, by the server's clock. */
  readonly firstYieldAt: number | undefined
}

export const useChat = create<ChatState>()(() => ({
  sessionId: crypto.randomUUID(),
  context: '',
  turns: [],
  firstYieldAt: undefined,
}))

const { getState, setState } = useChat

/** All that changes the conversation. */
export const chatCommands = {
  /** Sends a message; false when the flow has problems, which are shown instead. */
  send(prompt: string): boolean {
    const { sessionId, context, turns } = getState()
    return runCommands.start({ sessionId, prompt, context, history: historyOf(turns) })
  },
  /**
   * Asks the last question again. It is another branch of the conversation, so it has a session of
   * its own: the flow may have stored the old answer under the old one.
   */
  retry(): void {
    const { turns } = getState()
    const last = turns.at(-1)
    if (last === undefined) return
    setState({ turns: turns.slice(0, -1), sessionId: crypto.randomUUID() })
    if (!chatCommands.send(last.prompt)) setState({ turns })
  },
  newSession(): void {
    if (selectIsRunning(runCommands.current())) runCommands.stop()
    runCommands.reset()
    setState({ turns: [], sessionId: crypto.randomUUID(), firstYieldAt: undefined })
  },
  setContext(context: string): void {
    setState({ context })
  },
}

/** The conversation so far, as a client sends it along: questions that were answered, with their answers. */
export function historyOf(
  turns: readonly Turn[],
): readonly { readonly role: 'user' | 'assistant'; readonly content: string }[] {
  return turns.flatMap(({ prompt, end }) => {
    const words = end === undefined ? '' : wordsOf(end.answer)
    return words === ''
      ? []
      : [
          { role: 'user', content: prompt },
          { role: 'assistant', content: words },
        ]
  })
}

// Runs of a chat flow are turns whoever starts them: the chat, the Run button with test data.
subscribeToRun((run, before) => {
  if (run.ref !== undefined && run.ref !== before.ref) beginTurn(run.input)
  else followTurn(run)
})

function beginTurn(input: unknown): void {
  endTurn(undefined)
  if (!isRecord(input) || typeof input['prompt'] !== 'string') return
  const { sessionId } = input
  const turn: Turn = { id: crypto.randomUUID(), prompt: input['prompt'], end: undefined }
  setState({
    turns: [...getState().turns, turn],
    firstYieldAt: undefined,
    ...(typeof sessionId === 'string' ? { sessionId } : {}),
  })
}

function followTurn(run: WatchedRun): void {
  const { firstYieldAt } = getState()
  if (firstYieldAt === undefined && run.state.yields.length > 0) {
    const first = run.events.find(({ type }) => type === 'run-yield')
    if (first !== undefined) setState({ firstYieldAt: first.at })
  }
  if (!selectIsRunning(run)) endTurn(run)
}

/** Keeps what came of the last turn; a run that was left for another counts as interrupted. */
function endTurn(run: WatchedRun | undefined): void {
  const { turns, firstYieldAt } = getState()
  const last = turns.at(-1)
  if (last === undefined || last.end !== undefined) return
  setState({ turns: [...turns.slice(0, -1), { ...last, end: endOf(run, firstYieldAt) }] })
}

/** How the watched run ended, as a turn keeps it. */
export function endOf(run: WatchedRun | undefined, firstYieldAt: number | undefined): TurnEnd {
  const state = run?.state
  const startedAt = state?.startedAt
  const since = (at: number | undefined) =>
    at === undefined || startedAt === undefined ? undefined : at - startedAt
  const status = run?.status
  return {
    outcome:
      status === 'completed' || status === 'failed' || status === 'cancelled'
        ? status
        : 'interrupted',
    answer: answerOf(state?.yields ?? [], state?.result),
    error: run?.error,
    usage: state?.usage ?? null,
    firstMs: since(firstYieldAt),
    totalMs: since(state?.endedAt),
  }
}

// Another flow is another conversation.
useDocument.subscribe(({ flow }, before) => {
  if (flow.id !== before.flow.id) {
    setState({ turns: [], context: '', sessionId: crypto.randomUUID(), firstYieldAt: undefined })
  }
})
