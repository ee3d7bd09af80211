import type { Flow } from '@millrace/flow'
import { useEffect, useState } from 'react'
import { toApiError, type ApiError } from '../api/api-error.ts'
import { readVersion } from './read-version.ts'

/** Two versions to be compared; the first of all stands beside itself. */
export type VersionPair =
  | { readonly status: 'loading' }
  | { readonly status: 'failed'; readonly error: ApiError }
  | { readonly status: 'ready'; readonly before: Flow; readonly after: Flow }

/** What is to be compared: each a revision, or a flow that is here already. */
export interface WantedPair {
  readonly flowId: string
  readonly before: string | Flow
  readonly after: string | Flow
}

/** Reads the two versions that are wanted; `undefined` waits. Asks anew when `attempt` changes. */
export function useVersionPair(wanted: WantedPair | undefined, attempt: number): VersionPair {
  const [pair, setPair] = useState<VersionPair>({ status: 'loading' })
  const { flowId, before, after } = wanted ?? nothing

  useEffect(() => {
    setPair({ status: 'loading' })
    if (flowId === undefined || before === undefined || after === undefined) return undefined
    const leaving = new AbortController()
    const { signal } = leaving
    const read = (one: string | Flow) =>
      typeof one === 'string' ? readVersion(flowId, one, signal) : one
    Promise.all([read(before), read(after)]).then(
      ([old, current]) => setPair({ status: 'ready', before: old, after: current }),
      (thrown: unknown) => {
        if (!signal.aborted) setPair({ status: 'failed', error: toApiError(thrown) })
      },
    )
    return () => leaving.abort()
  }, [flowId, before, after, attempt])

  return pair
}

const nothing: Partial<WantedPair> = {}
