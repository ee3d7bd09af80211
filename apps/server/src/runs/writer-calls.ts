import type { RunBatch } from './run-batch.ts'
import type { InterruptedRun } from './run-leases.ts'
import type { Retention } from './run-retention.ts'

/** Which ended runs are deleted: some by their ids, or all of a session or a flow. */
export type RunSelection =
  | { readonly by: 'run'; readonly ids: readonly string[] }
  | { readonly by: 'session' | 'flow'; readonly id: string }

/** What the thread that writes `runs.db` does: it is asked by messages, and begins in their order. */
export interface WriterCalls {
  /** Stores a batch in one transaction, and renews the lease of this process. */
  store(batch: RunBatch): Promise<void>
  /** Renews the lease, and ends those of some runs that nobody writes any more. */
  tend(wanted: {
    readonly runIds: readonly string[]
    readonly now: number
  }): Promise<readonly InterruptedRun[]>
  /** Ends what this process left running, and gives its lease back. */
  release(now: number): Promise<void>
  /**
   * Deletes what started at `upTo`, in epoch milliseconds, or before. Answers how many runs there
   * were. None of them is found any more; their room is freed later.
   */
  remove(wanted: { readonly selection: RunSelection; readonly upTo: number }): Promise<number>
  /** Deletes what started at `now`, in epoch milliseconds, or before and is beyond the retention. */
  retain(limits: { readonly retention: Retention; readonly now: number }): Promise<void>
}

/** A message to the thread. */
export interface WriterRequest<Call extends keyof WriterCalls = keyof WriterCalls> {
  readonly number: number
  readonly call: Call
  readonly argument: Parameters<WriterCalls[Call]>[0]
}

/** What the thread answers. */
export type WriterAnswer =
  | { readonly type: 'done'; readonly number: number; readonly value: unknown }
  | { readonly type: 'failed'; readonly number: number; readonly message: string }
