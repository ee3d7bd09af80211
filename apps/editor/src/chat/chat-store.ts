import { isRecord, timingOf, type RunCall, type RunTiming, type Usage } from '@millrace/flow'
import { create } from 'zustand'
import { partRemark } from '../again/part-remark.ts'
import { useDocument } from '../document/document-store.ts'
import { isChatFlow } from '../document/trigger-of.ts'
import type { RunError } from '../run/explain-error.ts'
import type { RunPart } from '../run/live-frames.ts'
import { runCommands, selectIsRunning, subscribeToRun } from '../run/run-store.ts'
import { noRun, selectIsOpened, type WatchedRun } from '../run/watched-run.ts'
import { answerOf, wordsOf, type Answer } from '@millrace/chat-view/answer'

/** How a turn ended. */
export interface TurnEnd {
  /** `undefined` for a run that did not start. */
  readonly runId: string | undefined
  /** `left`: another run took its place here before it was over. */
  readonly outcome: 'completed' | 'failed' | 'cancelled' | 'interrupted' | 'left'
  readonly answer: Answer
  readonly error: RunError | undefined
  /** What part of the flow ran, where it was not all of it. */
  readonly part: string | undefined
  readonly usage: Usage | null
  readonly timing: RunTiming | undefined
  readonly calls: readonly RunCall[]
  /** When it was over, by the clock of this computer. */
  readonly endedAt: number
}

/** One question and what came of it. */
export interface Turn {
  /** That of the start of its run. */
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
  /** What is being written; here, so that it outlives a change of the window's layout. */
  readonly draft: string
  readonly turns: readonly Turn[]
}

export const useChat = create<ChatState>()(() => ({
  sessionId: crypto.randomUUID(),
  context: '',
  draft: '',
  turns: [],
}))

const { getState, setState } = useChat

/** All that changes the conversation. */
export const chatCommands = {
  setDraft(draft: string): void {
    setState({ draft })
  },
  /** Sends a message; false when the flow has problems, which are shown instead. */
  send(prompt: string, part?: RunPart): boolean {
    const { sessionId, context, turns } = getState()
    return runCommands.start({ sessionId, prompt, context, history: historyOf(turns) }, part)
  },
  /** Asks the last question again, in a branch of its own. */
  retry(part?: RunPart): void {
    const last = getState().turns.at(-1)
    if (last !== undefined) chatCommands.resend(last.id, last.prompt, part)
  },
  /**
   * Asks something else in the place of a question; what came after it is dropped. That is another
   * branch of the conversation, so it has a session of its own: the flow may have stored the old
   * answers under the old one. False when the flow has problems; then nothing has changed.
   */
  resend(turnId: string, prompt: string, part?: RunPart): boolean {
    const { turns, sessionId } = getState()
    const kept = turns.slice(
      0,
      turns.findIndex(({ id }) => id === turnId),
    )
    setState({ turns: kept, sessionId: crypto.randomUUID() })
    const isSent = chatCommands.send(prompt, part)
    if (!isSent) setState({ turns, sessionId })
    return isSent
  },
  newSession(): void {
    begin(crypto.randomUUID())
  },
  /** Goes on with a session whose history the flow has stored; an empty id changes nothing. */
  openSession(id: string): void {
    const sessionId = id.trim()
    if (sessionId !== '' && sessionId !== getState().sessionId) begin(sessionId)
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

function begin(sessionId: string): void {
  if (selectIsRunning(runCommands.current())) runCommands.stop()
  runCommands.reset()
  setState({ turns: [], sessionId })
}

// Runs of a chat flow are turns whoever starts them here: the chat, the Run button with test data.
subscribeToRun((run, before) => {
  // What was opened is looked at beside the conversation.
  if (selectIsOpened(run)) return
  const isNew = run.ref !== before.ref && !getState().turns.some(({ id }) => id === run.ref)
  if (run.ref !== undefined && isNew) {
    endTurn(selectIsOpened(before) ? noRun : before)
    if (run.document !== undefined && isChatFlow(run.document)) beginTurn(run.ref, run.input)
  } else if (!selectIsRunning(run)) endTurn(run)
})

function beginTurn(id: string, input: unknown): void {
  if (!isRecord(input) || typeof input['prompt'] !== 'string') return
  const { sessionId } = input
  const turn: Turn = { id, prompt: input['prompt'], end: undefined }
  setState({
    turns: [...getState().turns, turn],
    ...(typeof sessionId === 'string' ? { sessionId } : {}),
  })
}

/** Keeps what came of the last turn; a run that goes on was left for another. */
function endTurn(run: WatchedRun): void {
  const { turns } = getState()
  const last = turns.at(-1)
  if (last === undefined || last.end !== undefined) return
  setState({ turns: [...turns.slice(0, -1), { ...last, end: endOf(run, Date.now()) }] })
}

/** How a run ended, as a turn keeps it, whatever moment of it is shown. */
export function endOf(run: WatchedRun, now: number): TurnEnd {
  const { runId, status, error } = run
  const state = run.log.latest
  return {
    runId,
    outcome:
      status === 'idle' || status === 'starting' || status === 'pending' || status === 'running'
        ? 'left'
        : status,
    answer: answerOf(state.yields, state.result),
    error,
    part: partRemark(state, run.document),
    usage: state.usage,
    timing: timingOf(state),
    calls: state.calls,
    endedAt: now,
  }
}

// Another flow is another conversation.
useDocument.subscribe(({ flow }, before) => {
  if (flow.id !== before.flow.id) {
    setState({ turns: [], context: '', draft: '', sessionId: crypto.randomUUID() })
  }
})
