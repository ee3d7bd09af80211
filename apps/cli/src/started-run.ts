import type { RunEvent } from '@millrace/flow'

/** A run that goes on, here or on a server. */
export interface StartedRun extends AsyncDisposable {
  /** Up to the run's end. Throws a `FlowError` when the run did not start, or can no longer be followed. */
  readonly events: AsyncIterable<RunEvent>
  /** Asks for the run's end, which then comes as its last event. */
  stop(): void
}
