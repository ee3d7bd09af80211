import { answerOf } from '@millrace/chat-view/answer'
import { FlowError, type ErrorShape } from '@millrace/client'
import { createStore, type StoreApi } from 'zustand/vanilla'
import {
  historyOf,
  newTurn,
  turnsBefore,
  withTurn,
  type Session,
  type Turn,
} from './conversation.ts'
import type { KeptSessions } from './kept-sessions.ts'
import { runTurn } from './run-turn.ts'
import type { Entry, Visitor } from './visitor.ts'

/** A chat as it stands in this window. */
export interface ChatState {
  readonly entry: Entry
  /** The conversation that is shown; its last turn may be running. */
  readonly session: Session
  /** Those that are kept, the latest first. */
  readonly sessions: readonly Session[]
  /** Whether the connection of the running turn is lost; it is tried again. */
  readonly isReconnecting: boolean
  /** When the server takes the next message, in epoch ms, where it asked to wait. */
  readonly waitsUntil: number | undefined
  /** Whether the answer goes on that began before the page was loaded. */
  readonly isResumed: boolean
  readonly isStopping: boolean
  /** The turn that was answered last while it was looked at. */
  readonly answeredId: string | undefined
  /** The turn whose rating did not reach the server. */
  readonly unratedId: string | undefined
}

/** All that changes a chat. */
export interface ChatCommands {
  /** Knocks at the server, and goes on with what was left open. */
  arrive(): Promise<void>
  send(prompt: string): void
  /** Asks a question again, or another in its place, in a branch of its own. */
  resend(turnId: string, prompt: string): void
  stop(): void
  rate(turnId: string, rating: 'up' | 'down'): void
  newSession(): void
  openSession(sessionId: string): void
  forgetSession(sessionId: string): void
  /** Lets go of the connection; the flow says what becomes of its run. */
  leave(): void
}

export interface Chat {
  readonly store: StoreApi<ChatState>
  readonly commands: ChatCommands
}

interface Options {
  readonly flowId: string
  readonly visitor: Visitor
  readonly kept: KeptSessions
  /** What the page says to the flow beside each message. */
  readonly context?: string | undefined
  readonly newId: () => string
  /** Epoch milliseconds. */
  readonly now: () => number
}

/** So often what streams in is drawn, in ms. */
const drawMs = 40
/** So many messages of the history go along. */
const mostHistory = 200

export function createChat(options: Options): Chat {
  const { flowId, visitor, kept, context, newId, now } = options
  const empty = (): Session => ({ id: newId(), turns: [], updatedAt: now() })
  const store = createStore<ChatState>()(() => ({
    entry: { state: 'arriving' },
    session: kept.list()[0] ?? empty(),
    sessions: kept.list(),
    ...atRest,
  }))
  const { getState, setState } = store
  let leaving = new AbortController()

  function keep(session: Session): void {
    kept.keep(session)
    setState({ sessions: kept.list() })
  }

  /** Changes a turn of a session that is still shown. */
  function change(session: Session, turnId: string, turn: Partial<Turn>): void {
    const shown = getState().session
    if (shown.id !== session.id) return
    setState({ session: { ...shown, turns: withTurn(shown.turns, turnId, turn) } })
  }

  function begin(session: Session, turn: Turn): void {
    const turns = [...session.turns, turn]
    const begun = { ...session, turns, updatedAt: now() }
    leave()
    setState({ session: begun, ...atRest })
    keep(begun)
    void follow(begun, turn)
  }

  async function follow(session: Session, turn: Turn): Promise<void> {
    const { signal } = leaving
    const draw = lateCaller((values: readonly unknown[]) =>
      change(session, turn.id, { answer: answerOf(values, null) }),
    )
    const done = (end: Partial<Turn>) => {
      draw.cancel()
      if (signal.aborted) return
      change(session, turn.id, end)
      keep(getState().session)
      setState({ ...atRest, answeredId: turn.id })
    }
    let values: readonly unknown[] = []
    try {
      const summary = await runTurn(visitor, {
        id: turn.id,
        flowId,
        runId: turn.runId,
        signal,
        input: inputOf(session, turn),
        onRun(runId) {
          change(session, turn.id, { runId })
          keep(getState().session)
          if (getState().isStopping) void stopRun(runId)
        },
        onValues(all) {
          values = all
          draw.call(all)
        },
        onConnection(connection) {
          if (signal.aborted) return
          const isWaiting = connection.state === 'waiting'
          const isLimited = isWaiting && connection.error.code === 'rate_limited'
          setState({
            isReconnecting: isWaiting && !isLimited,
            waitsUntil: isLimited ? now() + connection.ms : undefined,
          })
        },
      })
      done({
        outcome: summary?.outcome ?? 'interrupted',
        answer: answerOf(values, summary?.result ?? null),
      })
    } catch (thrown) {
      // Runs are not kept for ever: what was left long ago cannot be gone on with.
      const isGone =
        thrown instanceof FlowError && thrown.code === 'not_found' && turn.runId !== undefined
      if (isGone) return done({ outcome: 'interrupted', answer: answerOf(values, null) })
      done({ outcome: 'failed', answer: answerOf(values, null), error: shapeOf(thrown, now()) })
    }
  }

  function inputOf({ id, turns }: Session, { prompt, id: turnId }: Turn) {
    const history = historyOf(turnsBefore(turns, turnId)).slice(-mostHistory)
    return {
      sessionId: id,
      prompt,
      ...(context === undefined ? {} : { context }),
      ...(history.length === 0 ? {} : { history }),
    }
  }

  async function stopRun(runId: string): Promise<void> {
    await visitor
      .ask((client) => client.stop(runId))
      // The answer then goes on to be read, and its end is told by the run.
      .catch(() => setState({ isStopping: false }))
  }

  function leave(): void {
    leaving.abort()
    leaving = new AbortController()
  }

  function show(session: Session): void {
    leave()
    const running = runningTurnOf(session)
    setState({ session, sessions: kept.list(), ...atRest, isResumed: running !== undefined })
    if (running !== undefined) void follow(session, running)
  }

  return {
    store,
    commands: {
      async arrive() {
        setState({ entry: { state: 'arriving' } })
        try {
          setState({ entry: { state: 'in', chat: await visitor.arrive() } })
        } catch (thrown) {
          setState({ entry: { state: 'refused', error: shapeOf(thrown, now()) } })
          return
        }
        show(getState().session)
      },
      send(prompt) {
        const { session } = getState()
        if (runningTurnOf(session) === undefined) begin(session, newTurn(newId(), prompt))
      },
      resend(turnId, prompt) {
        const { session } = getState()
        const turns = turnsBefore(session.turns, turnId)
        // A conversation that went on stays; what is only asked again takes its place.
        if (turns.length + 1 === session.turns.length) kept.forget(session.id)
        begin({ ...empty(), turns }, newTurn(newId(), prompt))
      },
      stop() {
        const running = runningTurnOf(getState().session)
        if (running === undefined) return
        setState({ isStopping: true })
        if (running.runId !== undefined) void stopRun(running.runId)
      },
      rate(turnId, rating) {
        const { session } = getState()
        const turn = session.turns.find(({ id }) => id === turnId)
        if (turn?.runId === undefined) return
        const before = turn.rating
        const after = before === rating ? undefined : rating
        change(session, turnId, { rating: after })
        setState({ unratedId: undefined })
        visitor.rate(turn.runId, after ?? 'none').then(
          () => keep(getState().session),
          () => {
            change(session, turnId, { rating: before })
            setState({ unratedId: turnId })
          },
        )
      },
      newSession: () => show(empty()),
      openSession(sessionId) {
        const session = kept.list().find(({ id }) => id === sessionId)
        if (session !== undefined) show(session)
      },
      forgetSession(sessionId) {
        kept.forget(sessionId)
        if (getState().session.id === sessionId) show(empty())
        else setState({ sessions: kept.list() })
      },
      leave,
    },
  }
}

const atRest = {
  isReconnecting: false,
  waitsUntil: undefined,
  isResumed: false,
  isStopping: false,
  answeredId: undefined,
  unratedId: undefined,
} satisfies Partial<ChatState>

/** The turn of a session whose answer goes on: its last one, if any. */
export function runningTurnOf({ turns }: Session): Turn | undefined {
  const last = turns.at(-1)
  return last?.outcome === 'running' ? last : undefined
}

/** An error as it is kept; what it says of waiting counts from when it came. */
function shapeOf(thrown: unknown, at: number): ErrorShape {
  const error =
    thrown instanceof FlowError
      ? thrown
      : new FlowError('internal', String(thrown), { retryable: true })
  return error.saying(error.message, { at }).toShape()
}

/** Calls with the latest argument, not more often than is drawn. */
function lateCaller<T>(work: (value: T) => void) {
  let timer: ReturnType<typeof setTimeout> | undefined
  let latest: T
  return {
    call(value: T): void {
      latest = value
      timer ??= setTimeout(() => {
        timer = undefined
        work(latest)
      }, drawMs)
    },
    cancel(): void {
      clearTimeout(timer)
      timer = undefined
    },
  }
}
