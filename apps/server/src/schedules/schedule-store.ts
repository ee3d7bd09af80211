import type { ErrorShape } from '@millrace/flow'

/** What came of the last time at which a flow was due. */
export interface LastDue {
  readonly flowId: string
  /** Epoch milliseconds, a whole minute. */
  readonly dueAt: number
  /** The run that was started last: then, or at an earlier time where an error kept it from starting. */
  readonly runId: string | undefined
  /** Why no run was started then. */
  readonly error: ErrorShape | undefined
}

/** Keeps what the clock started. A promise that resolves means that the change is durable. */
export interface ScheduleStore {
  find(flowId: string): Promise<LastDue | undefined>
  /**
   * Takes a time for a flow, before anything is started. `false` when that time, or a later one, was
   * taken already: by this process, or before it was started again.
   */
  take(flowId: string, dueAt: number): Promise<boolean>
  /** Keeps what came of the time that was taken last. */
  settle(flowId: string, outcome: DueOutcome): Promise<void>
}

/** A run was started, or something kept it from starting. */
export type DueOutcome = { readonly runId: string } | { readonly error: ErrorShape }
