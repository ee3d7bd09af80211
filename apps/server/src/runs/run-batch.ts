import type { RunRow } from './run-row.ts'

/** What all runs recorded since the last flush: one transaction, and one message to the worker. */
export interface RunBatch {
  readonly number: number
  /** The records that changed. */
  readonly records: readonly RunRow[]
  readonly chunks: readonly RunChunk[]
  /** Whether the disk itself must have it before it counts as stored. */
  readonly isSynced: boolean
}

/** The events `firstSeq` to `lastSeq` of one run, one line of JSON each. */
export interface RunChunk {
  readonly runId: string
  readonly firstSeq: number
  readonly lastSeq: number
  readonly lines: string
}

/** What the worker answers. */
export type WriterAnswer =
  | { readonly type: 'stored'; readonly number: number }
  | { readonly type: 'failed'; readonly number: number; readonly message: string }
