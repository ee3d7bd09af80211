import {
  hasErrors,
  type ErrorShape,
  type Flow,
  type NodeState,
  type NodeStatus,
} from '@millrace/flow'
import { useCallback, useSyncExternalStore } from 'react'
import { useStore } from 'zustand'
import { documentCommands, useDocument } from '../document/document-store.ts'
import { pinCommands } from '../pins/pin-store.ts'
import { usedPins } from '../pins/pinned-nodes.ts'
import { sessionCommands } from '../session/session-store.ts'
import { createRunStore } from './create-run-store.ts'
import type { RunPart } from './live-frames.ts'
import { openLiveSocket } from './open-live-socket.ts'
import type { WatchedRun } from './watched-run.ts'

export { selectIsOpened, selectIsRunning, selectIsSought } from './watched-run.ts'

const runStore = createRunStore({
  openSocket: openLiveSocket,
  newRef: () => crypto.randomUUID(),
})

/** Reads the watched run through a module-level selector; changes at most once a frame. */
export function useRun<T>(selector: (run: WatchedRun) => T): T {
  return useStore(runStore, selector)
}

/** What is known of one node in the watched run; re-renders for that node's changes only. */
export function useNodeRun(nodeId: string): NodeState | undefined {
  return useSyncExternalStore(useNodeSubscription(nodeId), () => runStore.nodeRun(nodeId))
}

/** Why a node failed in the watched run; re-renders for that alone, not while it streams. */
export function useNodeError(nodeId: string): ErrorShape | undefined {
  return useSyncExternalStore(useNodeSubscription(nodeId), () => runStore.nodeRun(nodeId)?.error)
}

/** How a node stands in the watched run; re-renders for that alone, not while it streams. */
export function useNodeStatus(nodeId: string): NodeStatus | undefined {
  return useSyncExternalStore(useNodeSubscription(nodeId), () => runStore.nodeRun(nodeId)?.status)
}

/** How often a node started in the watched run; re-renders for that alone, not while it streams. */
export function useNodeVisits(nodeId: string): number {
  return useSyncExternalStore(
    useNodeSubscription(nodeId),
    () => runStore.nodeRun(nodeId)?.visits ?? 0,
  )
}

/** What a node was last given in the watched run; re-renders for that alone, not while it streams. */
export function useNodeInput(nodeId: string): NodeState['input'] {
  return useSyncExternalStore(useNodeSubscription(nodeId), () => runStore.nodeRun(nodeId)?.input)
}

/** What a node last gave in the watched run; re-renders for that alone, not while it streams. */
export function useNodeOutputs(nodeId: string): NodeState['outputs'] {
  return useSyncExternalStore(useNodeSubscription(nodeId), () => runStore.nodeRun(nodeId)?.outputs)
}

function useNodeSubscription(nodeId: string): (listener: () => void) => () => void {
  return useCallback((listener) => runStore.subscribeToNode(nodeId, listener), [nodeId])
}

/** Calls back after every change of the watched run, for stores that follow it. */
export const subscribeToRun = runStore.subscribe

// A run is of the flow that was open; another flow starts with none.
useDocument.subscribe(({ flow }, before) => {
  if (flow.id !== before.flow.id) runStore.reset()
})

/** All that changes the watched run. */
export const runCommands = {
  /**
   * Runs the unsaved document, or a part of it, with what is pinned. One with errors is not run: its problems are shown instead, and the
   * answer is false.
   */
  start(input: unknown, part: RunPart = {}): boolean {
    const { flow } = useDocument.getState()
    if (hasErrors(documentCommands.checkNow())) {
      sessionCommands.openBottomPanel('problems')
      return false
    }
    const pinned = usedPins(flow, pinCommands.of(flow.id))
    runStore.start(flow, input, { ...part, pinned })
    return true
  },
  /** Runs another document of the open flow, as it was once, without pins. */
  startOf(document: Flow, input: unknown, part: RunPart): void {
    runStore.start(document, input, part)
  },
  /** Asks the server to stop the run; it ends when its last event comes. */
  stop: runStore.stop,
  /** Shows a run that was not started here; one that goes on is watched from then on. */
  open: runStore.open,
  /** Shows the run as it was after an event; `undefined` follows it again. */
  seek: runStore.seek,
  /** Back from a run that was opened to the one that was started here before, or to none. */
  leave: runStore.leave,
  /** Forgets the run. */
  reset: runStore.reset,
  /** The watched run at this moment, for handlers. */
  current: runStore.getState,
}
