import type { Flow, RunEvent } from '@millrace/flow'
import type { RunError } from './explain-error.ts'
import {
  readServerFrame,
  type ClientFrame,
  type PinnedPart,
  type ServerFrame,
} from './live-frames.ts'

/** What a live run tells its owner. Nothing is told after `close`, `failed` or the run's end. */
interface LiveRunHandlers {
  /** The server has started the run under this id. */
  readonly started: (runId: string) => void
  /** New events, in order and each once. */
  readonly events: (events: readonly RunEvent[]) => void
  /** The server no longer keeps the events after the last one: what it knows of the run instead. */
  readonly snapshot: (frame: Extract<ServerFrame, { type: 'snapshot' }>) => void
  /** The run could not start, or cannot be found again. */
  readonly failed: (error: RunError) => void
  /** The socket dropped in the middle of the run and is being opened again, or is back. */
  readonly connection: (state: 'lost' | 'restored') => void
}

/** How a run comes to be followed: started here, or found going on, or kept. */
export type RunOpening =
  | {
      readonly kind: 'start'
      readonly flow: Flow
      readonly input: unknown
      readonly part?: PinnedPart
      /** Names the start frame, so that its answer is told from others. */
      readonly ref: string
    }
  | {
      readonly kind: 'attach'
      readonly runId: string
      /** The number of the last event that is known. */
      readonly after: number
      /** From now on the run records all of what happens in it. */
      readonly isWatched: boolean
    }

export interface LiveRunOptions {
  readonly opening: RunOpening
  readonly handlers: LiveRunHandlers
  /** Opens a socket to `/api/live`. */
  readonly openSocket: () => WebSocket
}

/** A run that is being followed over a socket of its own. */
export interface LiveRun {
  /** Asks the server to stop the run, at once or as soon as it can be asked. */
  stop(): void
  /** Leaves the run alone and tells nothing more. */
  close(): void
}

const firstRetryMs = 250
const longestRetryMs = 5_000
const pingMs = 10_000
/** A socket that is silent for so long in spite of pings is dead, whatever its state says. */
const silenceMs = 25_000

/**
 * Starts a run of a document over `/api/live`, or attaches to one, and follows it to its end. When the
 * socket drops in the middle, it attaches again exactly after the last event it received.
 */
export function openLiveRun({ opening, handlers, openSocket }: LiveRunOptions): LiveRun {
  const ref = opening.kind === 'start' ? opening.ref : undefined
  let socket: WebSocket | undefined
  let runId = opening.kind === 'start' ? undefined : opening.runId
  let lastSeq = opening.kind === 'start' ? 0 : opening.after
  let wantsStop = false
  let isLost = false
  let retryMs = firstRetryMs
  let retryTimer: ReturnType<typeof setTimeout> | undefined
  let lastHeard = 0
  const pingTimer = setInterval(keepAlive, pingMs)
  let isOver = false

  connect()
  return {
    stop() {
      wantsStop = true
      if (runId !== undefined) send({ type: 'stop', runId })
    },
    close: end,
  }

  function connect(): void {
    const opened = openSocket()
    socket = opened
    lastHeard = Date.now()
    opened.addEventListener('open', () => {
      begin()
      if (runId !== undefined && wantsStop) send({ type: 'stop', runId })
    })
    opened.addEventListener('message', ({ data }) => {
      if (opened !== socket || isOver) return
      lastHeard = Date.now()
      const frame = readServerFrame(data)
      if (frame !== undefined) take(frame)
    })
    opened.addEventListener('close', () => {
      if (opened === socket && !isOver) drop()
    })
  }

  function begin(): void {
    if (runId !== undefined) {
      const isWatched = opening.kind === 'attach' && opening.isWatched
      send({ type: 'attach', runId, after: lastSeq, ...(isWatched ? { watch: true } : {}) })
    } else if (opening.kind === 'start') {
      const { flow, input, part } = opening
      send({ type: 'start', ref: opening.ref, flow, input, record: true, ...part })
    }
  }

  function take(frame: ServerFrame): void {
    switch (frame.type) {
      case 'started':
        if (frame.ref !== ref) return
        runId = frame.runId
        handlers.started(runId)
        if (wantsStop) send({ type: 'stop', runId })
        return
      case 'events':
        if (frame.runId === runId) takeEvents(frame.events)
        return
      case 'snapshot':
        if (frame.runId !== runId) return
        restored()
        lastSeq = Math.max(lastSeq, frame.seq)
        handlers.snapshot(frame)
        if (isEnded(frame.state.status)) end()
        return
      case 'error':
        if (frame.ref !== undefined ? frame.ref === ref : frame.runId === runId) fail(frame.error)
        return
      case 'pong':
        restored()
    }
  }

  function takeEvents(events: readonly RunEvent[]): void {
    restored()
    const fresh = events.filter((event) => event.seq > lastSeq)
    const last = fresh.at(-1)
    if (last === undefined) return
    lastSeq = last.seq
    handlers.events(fresh)
    if (last.type === 'run-end') end()
  }

  function restored(): void {
    retryMs = firstRetryMs
    if (!isLost) return
    isLost = false
    handlers.connection('restored')
  }

  /** The socket is gone. A run that was not acknowledged is not started again: it may be running. */
  function drop(): void {
    if (runId === undefined) {
      fail({
        code: 'offline',
        message:
          'The server could not be reached, so the run did not start. Check that Millrace is running, then run again.',
        retryable: true,
      })
      return
    }
    if (!isLost) {
      isLost = true
      handlers.connection('lost')
    }
    retryTimer = setTimeout(connect, retryMs)
    retryMs = Math.min(retryMs * 2, longestRetryMs)
  }

  function keepAlive(): void {
    if (socket?.readyState !== WebSocket.OPEN) return
    if (Date.now() - lastHeard <= silenceMs) {
      send({ type: 'ping' })
      return
    }
    const dead = socket
    socket = undefined
    dead.close()
    drop()
  }

  function send(frame: ClientFrame): void {
    if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(frame))
  }

  function fail(error: RunError): void {
    end()
    handlers.failed(error)
  }

  function end(): void {
    isOver = true
    clearInterval(pingTimer)
    clearTimeout(retryTimer)
    socket?.close()
  }
}

function isEnded(status: unknown): boolean {
  return status !== 'pending' && status !== 'running'
}
