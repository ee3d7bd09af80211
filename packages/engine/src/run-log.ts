import type { LogEntry } from './log-entry.ts'

/** A stretch of a run's log. */
export type LogPage =
  | {
      readonly status: 'found'
      /** In order, without gaps, from the first one asked for; empty when there is none yet. */
      readonly entries: readonly LogEntry[]
      /** No entry will follow the last of `entries`: it is `run-end`, or everything was read before. */
      readonly isEnd: boolean
    }
  /** The entries asked for are no longer kept; the oldest that is has this number. */
  | { readonly status: 'gap'; readonly oldest: number }
  | { readonly status: 'unknown' }

/**
 * Where the events of runs are kept, read after a number, and tailed. A run appends and never waits
 * for readers. `testing/run-log-contract.ts` says in tests what every implementation must do.
 */
export interface RunLog {
  /** Takes the events of one turn of one run, in order, and tells the run's listeners once. */
  append(runId: string, entries: readonly LogEntry[]): void
  /** At most `limit` entries whose number is greater than `after`. */
  read(runId: string, after: number, limit: number): Promise<LogPage>
  /** Calls `listener` with each later append, at once and in order, until the answer is called. */
  listen(runId: string, listener: (entries: readonly LogEntry[]) => void): () => void
}
