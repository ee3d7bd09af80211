import type { Flow, RunEvent, RunState } from '@millrace/flow'
import { useDeferredValue, useEffect, useMemo, useState } from 'react'
import { toApiError } from '../api/api-error.ts'
import { readRunEvents } from '../api/runs-api.ts'
import type { WatchedRun } from '../run/create-run-store.ts'
import { useRun } from '../run/run-store.ts'

/** The run that the inspector looks into, with all of its events. */
export interface RunLog {
  readonly runId: string | undefined
  readonly events: readonly RunEvent[]
  readonly state: RunState
  /** What was run. */
  readonly document: Flow | undefined
  /** The events that this window no longer has are being read from the server. */
  readonly isReading: boolean
  /** Why they could not be read. */
  readonly failure: string | undefined
}

/** The watched run; where this window has let go of its first events, they come from the server. */
export function useRunLog(): RunLog {
  const runId = useRun(selectRunId)
  const latest = useRun(selectEvents)
  const dropped = useRun(selectDropped)
  const state = useDeferredValue(useRun(selectState))
  const document = useRun(selectDocument)
  const read = useReadEvents(dropped > 0 ? runId : undefined)
  const events = useMemo(() => {
    if (dropped === 0) return latest
    // What is shown of a run may end before the log does.
    const last = latest.at(-1)?.seq ?? state.seq
    const readTo = read.events.at(-1)?.seq ?? 0
    return [
      ...(readTo > last ? read.events.filter(({ seq }) => seq <= last) : read.events),
      ...latest.filter(({ seq }) => seq > readTo),
    ]
  }, [latest, dropped, read.events, state.seq])
  return {
    runId,
    events: useDeferredValue(events),
    state,
    document,
    isReading: read.isReading,
    failure: read.failure,
  }
}

interface ReadEvents {
  readonly events: readonly RunEvent[]
  readonly isReading: boolean
  readonly failure: string | undefined
}

const nothing: ReadEvents = { events: [], isReading: false, failure: undefined }

/** The log of a run as the server has it, read to the end that it has now. */
function useReadEvents(runId: string | undefined): ReadEvents {
  const [read, setRead] = useState(nothing)
  useEffect(() => {
    if (runId === undefined) return undefined
    const reading = new AbortController()
    void readAll(runId, reading.signal, setRead)
    return () => {
      reading.abort()
      setRead(nothing)
    }
  }, [runId])
  return read
}

async function readAll(
  runId: string,
  signal: AbortSignal,
  put: (read: ReadEvents) => void,
): Promise<void> {
  const events: RunEvent[] = []
  put({ ...nothing, isReading: true })
  try {
    for await (const batch of readRunEvents(runId, signal)) {
      events.push(...batch)
      put({ events: [...events], isReading: true, failure: undefined })
    }
    if (!signal.aborted) put({ events, isReading: false, failure: undefined })
  } catch (thrown) {
    if (!signal.aborted) put({ events, isReading: false, failure: toApiError(thrown).message })
  }
}

function selectRunId({ runId }: WatchedRun): string | undefined {
  return runId
}

function selectEvents({ events }: WatchedRun): WatchedRun['events'] {
  return events
}

function selectDropped({ droppedEvents }: WatchedRun): number {
  return droppedEvents
}

function selectState({ state }: WatchedRun): RunState {
  return state
}

function selectDocument({ document }: WatchedRun): Flow | undefined {
  return document
}
