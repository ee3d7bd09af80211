import {
  applyEvents,
  initialRunState,
  runStateFromJson,
  type Flow,
  type NodeState,
  type RunEvent,
  type RunState,
} from '@millrace/flow'
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { RunError } from './explain-error.ts'
import { createFrameBatch } from './frame-batch.ts'
import { openLiveRun, type LiveRun } from './live-socket.ts'

/** The run that the designer watches: the last one started here, or none. */
export interface WatchedRun {
  readonly status: 'idle' | 'starting' | RunState['status']
  /** Another one for each start, known before the server gives the run its id. */
  readonly ref: string | undefined
  readonly runId: string | undefined
  readonly state: RunState
  /** Why the run did not start, was lost, or failed. */
  readonly error: RunError | undefined
  /** What was run; the document on the canvas may have changed since. */
  readonly document: Flow | undefined
  /** The input it was started with. */
  readonly input: unknown
  /** The latest events as they came; only so many are kept. */
  readonly events: readonly RunEvent[]
  /** How many events came before the first of `events`. */
  readonly droppedEvents: number
  /** The socket dropped in the middle of the run and is being opened again. */
  readonly isReconnecting: boolean
  /** The run was asked to end, and has not ended yet. */
  readonly isStopping: boolean
}

export interface RunStore extends StoreApi<WatchedRun> {
  /** Starts a run of a document, in place of the one watched so far. */
  start(document: Flow, input: unknown): void
  /** Asks the server to stop the run. */
  stop(): void
  /** Forgets the run; one that is going on is left alone. */
  reset(): void
  nodeRun(nodeId: string): NodeState | undefined
  /** Calls back when what is known of this one node has changed, at most once a frame. */
  subscribeToNode(nodeId: string, listener: () => void): () => void
}

/** At most this many raw events are kept for the Events panel. */
export const maxKeptEvents = 5_000

const idle: WatchedRun = {
  status: 'idle',
  ref: undefined,
  runId: undefined,
  state: initialRunState,
  error: undefined,
  document: undefined,
  input: undefined,
  events: [],
  droppedEvents: 0,
  isReconnecting: false,
  isStopping: false,
}

/**
 * The run store: run state by the shared reducer, outside the canvas's nodes, with one set of
 * listeners for each node. Events are taken in once per animation frame.
 */
export function createRunStore(options: {
  readonly openSocket: () => WebSocket
  readonly newRef: () => string
}): RunStore {
  const store = createStore<WatchedRun>()(() => idle)
  const nodeListeners = new Map<string, Set<() => void>>()
  const batch = createFrameBatch<RunEvent>(takeEvents)
  let live: LiveRun | undefined

  function takeEvents(events: readonly RunEvent[]): void {
    const watched = store.getState()
    const all = [...watched.events, ...events]
    const surplus = Math.max(0, all.length - maxKeptEvents)
    putState(applyEvents(watched.state, events), {
      events: surplus === 0 ? all : all.slice(surplus),
      droppedEvents: watched.droppedEvents + surplus,
    })
  }

  function putState(state: RunState, more: Partial<WatchedRun>): void {
    const { status, error } = state
    put({ ...more, state, status, error, ...(isOver(status) ? { isStopping: false } : {}) })
  }

  function put(changes: Partial<WatchedRun>): void {
    const before = store.getState().state.nodes
    store.setState(changes)
    const after = store.getState().state.nodes
    if (before === after) return
    for (const [nodeId, listeners] of nodeListeners) {
      if (before.get(nodeId) === after.get(nodeId)) continue
      for (const listener of listeners) listener()
    }
  }

  function leave(): void {
    live?.close()
    live = undefined
    batch.clear()
  }

  return {
    ...store,
    start(document, input) {
      leave()
      const ref = options.newRef()
      put({ ...idle, status: 'starting', ref, document, input })
      live = openLiveRun({
        flow: document,
        input,
        ref,
        openSocket: options.openSocket,
        handlers: {
          started: (runId) => put({ runId, status: 'pending' }),
          events: (events) => batch.add(events),
          snapshot({ state, seq }) {
            batch.clear()
            putState(runStateFromJson(state), {
              events: [],
              droppedEvents: seq,
              isReconnecting: false,
            })
          },
          failed(error) {
            batch.flush()
            const { state, runId } = store.getState()
            // A run that is lost to us is over for the canvas: nothing of it may look running.
            const end = { error, isReconnecting: false, isStopping: false }
            put(
              runId === undefined
                ? { ...end, status: 'failed' }
                : { ...end, status: 'interrupted', state: interrupted(state) },
            )
          },
          connection: (connection) => put({ isReconnecting: connection === 'lost' }),
        },
      })
    },
    stop() {
      if (live === undefined || isOver(store.getState().status)) return
      put({ isStopping: true })
      live.stop()
    },
    reset() {
      leave()
      put(idle)
    },
    nodeRun: (nodeId) => store.getState().state.nodes.get(nodeId),
    subscribeToNode(nodeId, listener) {
      const listeners = nodeListeners.get(nodeId) ?? new Set()
      nodeListeners.set(nodeId, listeners.add(listener))
      return () => {
        listeners.delete(listener)
        if (listeners.size === 0 && nodeListeners.get(nodeId) === listeners) {
          nodeListeners.delete(nodeId)
        }
      }
    },
  }
}

function isOver(status: WatchedRun['status']): boolean {
  return !['starting', 'pending', 'running'].includes(status)
}

function interrupted(state: RunState): RunState {
  const nodes = new Map<string, NodeState>()
  for (const [nodeId, node] of state.nodes) {
    nodes.set(nodeId, node.status === 'running' ? { ...node, status: 'cancelled' } : node)
  }
  return { ...state, status: 'interrupted', nodes }
}
