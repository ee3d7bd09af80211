import { explainError } from '../run/explain-error.ts'
import type { WatchedRun } from '../run/watched-run.ts'
import { counted } from '../ui/counted.ts'

/** What a screen reader is told of a run at each of its steps, never for each message. */
export function runAnnouncement({ status, error, state }: WatchedRun): string | undefined {
  const messages = counted(state.yields.length, 'message')
  switch (status) {
    case 'idle':
    case 'pending':
      return undefined
    case 'starting':
      return 'The run starts.'
    case 'running':
      return 'The flow is running.'
    case 'completed':
      return `The run is complete: ${messages}.`
    case 'failed':
      return error === undefined
        ? 'The run failed.'
        : `The run failed: ${explainError(error).title}.`
    case 'cancelled':
      return `The run was stopped after ${messages}.`
    case 'interrupted':
      return 'The run was interrupted.'
  }
}
