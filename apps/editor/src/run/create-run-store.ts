import { runStateFromJson, type Flow, type NodeState, type RunEvent } from '@millrace/flow'
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { PinnedPart } from './live-frames.ts'
import { createFrameBatch } from './frame-batch.ts'
import { openLiveRun, type LiveRun, type RunOpening } from './live-socket.ts'
import { appendEvents, logAfter } from './seekable-log.ts'
import {
  grown,
  lost,
  noRun,
  selectIsOpened,
  selectIsRunning,
  shownOf,
  type WatchedRun,
} from './watched-run.ts'

/** A run that is known by its id, going on or over. */
export interface KnownRun {
  readonly runId: string
  readonly status: WatchedRun['status']
  /** What it ran; `undefined` where that is no longer kept. */
  readonly document: Flow | undefined
}

export interface RunStore extends StoreApi<WatchedRun> {
  /** Starts a run of a document, or of a part of it, in place of the one shown so far. */
  start(document: Flow, input: unknown, part?: PinnedPart): void
  /**
   * Shows a run that was not started here, in place of the one shown so far. One that goes on is
   * watched: it records everything from now on.
   */
  open(run: KnownRun): void
  /** Shows the run as it was after an event; `undefined` follows it again. */
  seek(position: number | undefined): void
  /** Asks the server to stop the run. */
  stop(): void
  /** Back from a run that was opened to the one that was started here before, or to none. */
  leave(): void
  /** Forgets the run; one that is going on is left alone. */
  reset(): void
  nodeRun(nodeId: string): NodeState | undefined
  /** Calls back when what is known of this one node has changed, at most once a frame. */
  subscribeToNode(nodeId: string, listener: () => void): () => void
}

/**
 * The run store: run state by the shared reducer, outside the canvas's nodes, with one set of
 * listeners for each node. Events are taken in once per animation frame.
 */
export function createRunStore(options: {
  readonly openSocket: () => WebSocket
  readonly newRef: () => string
}): RunStore {
  const store = createStore<WatchedRun>()(() => noRun)
  const nodeListeners = new Map<string, Set<() => void>>()
  const batch = createFrameBatch<RunEvent>((events) => {
    const run = store.getState()
    put(grown(run, appendEvents(run.log, events)))
  })
  let live: LiveRun | undefined
  /** The run that was started here, while another one is shown. */
  let own: WatchedRun | undefined

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

  function unfollow(): void {
    live?.close()
    live = undefined
    batch.clear()
  }

  function follow(opening: RunOpening): void {
    live = openLiveRun({
      opening,
      openSocket: options.openSocket,
      handlers: {
        started: (runId) => put({ runId, status: 'pending' }),
        events: (events) => batch.add(events),
        snapshot({ state }) {
          batch.clear()
          const run = store.getState()
          const log = logAfter(runStateFromJson(state))
          put({ ...grown(run, log), ...shownOf(log, undefined), isReconnecting: false })
        },
        failed(error) {
          batch.flush()
          put(lost(store.getState(), error))
        },
        connection: (connection) => put({ isReconnecting: connection === 'lost' }),
      },
    })
  }

  return {
    ...store,
    start(document, input, part = {}) {
      unfollow()
      own = undefined
      const ref = options.newRef()
      put({ ...noRun, source: 'started', status: 'starting', ref, document, input })
      follow({ kind: 'start', flow: document, input, ref, part })
    },
    open({ runId, status, document }) {
      const isGoingOn = selectIsRunning({ ...noRun, status })
      batch.flush()
      unfollow()
      const before = store.getState()
      if (before.source === 'started') own = before
      const source = isGoingOn ? 'attached' : 'stored'
      put({ ...noRun, source, status, ref: options.newRef(), runId, document })
      follow({ kind: 'attach', runId, after: 0, isWatched: isGoingOn })
    },
    seek(position) {
      const { log, state } = store.getState()
      put(shownOf(log, position, state))
    },
    stop() {
      if (live === undefined || !selectIsRunning(store.getState())) return
      put({ isStopping: true })
      live.stop()
    },
    leave() {
      if (!selectIsOpened(store.getState())) return
      unfollow()
      const run = own ?? noRun
      own = undefined
      put({ ...run, ...shownOf(run.log, undefined) })
      const { runId, log } = run
      if (runId !== undefined && selectIsRunning(run)) {
        follow({ kind: 'attach', runId, after: log.latest.seq, isWatched: false })
      }
    },
    reset() {
      unfollow()
      own = undefined
      put(noRun)
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
