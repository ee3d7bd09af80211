import { useEffect, useRef, useState } from 'react'
import { toApiError, type ApiError } from '../api/api-error.ts'

/** How trying something stands, with what was tried: what is drafted since may differ. */
export type TrialState<Tried, Outcome> =
  | { readonly status: 'idle' }
  | { readonly status: 'running' }
  | { readonly status: 'done'; readonly tried: Tried; readonly outcome: Outcome }
  /** The server refused it, or did not answer. */
  | { readonly status: 'failed'; readonly tried: Tried; readonly error: ApiError }

/** A way to try drafts, one at a time. */
export interface Trial<Tried, Outcome> {
  readonly trial: TrialState<Tried, Outcome>
  readonly start: (tried: Tried) => void
  readonly stop: () => void
}

/** Tries drafts on the server; a trial ends with the component, or when the next one starts. */
export function useTrial<Tried, Outcome>(
  send: (tried: Tried, signal: AbortSignal) => Promise<Outcome>,
): Trial<Tried, Outcome> {
  const [trial, setTrial] = useState<TrialState<Tried, Outcome>>({ status: 'idle' })
  const running = useRef<AbortController>(undefined)
  useEffect(() => () => running.current?.abort(), [])

  async function run(tried: Tried): Promise<void> {
    running.current?.abort()
    const { signal } = (running.current = new AbortController())
    setTrial({ status: 'running' })
    try {
      const outcome = await send(tried, signal)
      if (!signal.aborted) setTrial({ status: 'done', tried, outcome })
    } catch (thrown) {
      if (!signal.aborted) setTrial({ status: 'failed', tried, error: toApiError(thrown) })
    }
  }

  return {
    trial,
    start: (tried) => void run(tried),
    stop() {
      running.current?.abort()
      setTrial({ status: 'idle' })
    },
  }
}
