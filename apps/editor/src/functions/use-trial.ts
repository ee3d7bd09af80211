import { useEffect, useRef, useState } from 'react'
import { toApiError } from '../api/api-error.ts'
import { tryCode, type Trial, type TrialOutcome } from '../api/functions-api.ts'

/** How trying code stands. */
export type TrialState =
  | { readonly status: 'idle' }
  | { readonly status: 'running' }
  /** With the code, in which an error has its place. */
  | { readonly status: 'done'; readonly outcome: TrialOutcome; readonly code: string }
  /** The server did not answer. */
  | { readonly status: 'unanswered'; readonly message: string }

/** Runs code of a draft, one trial at a time. */
export function useTrial(): {
  readonly trial: TrialState
  readonly start: (trial: Trial) => void
  readonly stop: () => void
} {
  const [trial, setTrial] = useState<TrialState>({ status: 'idle' })
  const running = useRef<AbortController>(undefined)
  useEffect(() => () => running.current?.abort(), [])

  async function run(asked: Trial): Promise<void> {
    running.current?.abort()
    const { signal } = (running.current = new AbortController())
    setTrial({ status: 'running' })
    try {
      const outcome = await tryCode(asked, signal)
      if (!signal.aborted) setTrial({ status: 'done', outcome, code: asked.code })
    } catch (thrown) {
      if (!signal.aborted) setTrial({ status: 'unanswered', message: toApiError(thrown).message })
    }
  }

  return {
    trial,
    start: (asked) => void run(asked),
    stop() {
      running.current?.abort()
      setTrial({ status: 'idle' })
    },
  }
}
