import type { Flow, RunEvent } from '@millrace/flow'
import { useEffect, useState } from 'react'
import { toApiError, type ApiError } from '../api/api-error.ts'
import { findRun, type StoredRun } from '../api/run-history-api.ts'
import { readRunEvents } from '../api/runs-api.ts'
import { readRanFlow } from '../replay/read-ran-flow.ts'

/** A run beside the one that is shown, as far as it was read. */
export type OtherRun =
  | { readonly status: 'reading' }
  | { readonly status: 'failed'; readonly error: ApiError }
  | {
      readonly status: 'ready'
      readonly facts: StoredRun
      readonly events: readonly RunEvent[]
      /** What it ran; `undefined` where that is no longer kept. */
      readonly flow: Flow | undefined
    }

/** Reads a run with its log; one that goes on is read to its end first. */
export function useOtherRun(runId: string): OtherRun {
  const [other, setOther] = useState<OtherRun>({ status: 'reading' })
  useEffect(() => {
    const leaving = new AbortController()
    setOther({ status: 'reading' })
    readOther(runId, leaving.signal).then(setOther, (thrown: unknown) => {
      if (!leaving.signal.aborted) setOther({ status: 'failed', error: toApiError(thrown) })
    })
    return () => leaving.abort()
  }, [runId])
  return other
}

async function readOther(runId: string, signal: AbortSignal): Promise<OtherRun> {
  const events: RunEvent[] = []
  for await (const batch of readRunEvents(runId, signal)) events.push(...batch)
  const [facts, flow] = await Promise.all([findRun(runId, signal), readRanFlow(runId, signal)])
  return { status: 'ready', facts, events, flow }
}
