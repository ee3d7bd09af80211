import type { Flow, RunEvent, RunState } from '@millrace/flow'
import { useDeferredValue } from 'react'
import { useRun } from '../run/run-store.ts'
import type { WatchedRun } from '../run/watched-run.ts'

/** The run that the inspector looks into, up to the moment that is shown. */
export interface RunLog {
  readonly runId: string | undefined
  readonly events: readonly RunEvent[]
  readonly state: RunState
  /** What was run. */
  readonly document: Flow | undefined
  /** How many events came before the first of `events`, and are not kept here. */
  readonly dropped: number
}

/** The watched run; while it goes on it may be a moment behind, so that the canvas comes first. */
export function useRunLog(): RunLog {
  const runId = useRun(selectRunId)
  const events = useRun(selectEvents)
  const state = useRun(selectState)
  const document = useRun(selectDocument)
  const dropped = useRun(selectDropped)
  return {
    runId,
    events: useDeferredValue(events),
    state: useDeferredValue(state),
    document,
    dropped,
  }
}

function selectRunId({ runId }: WatchedRun): string | undefined {
  return runId
}

function selectEvents({ events }: WatchedRun): WatchedRun['events'] {
  return events
}

function selectState({ state }: WatchedRun): RunState {
  return state
}

function selectDocument({ document }: WatchedRun): Flow | undefined {
  return document
}

function selectDropped({ droppedEvents }: WatchedRun): number {
  return droppedEvents
}
