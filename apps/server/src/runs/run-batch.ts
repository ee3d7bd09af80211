import type { RunRow } from './run-row.ts'

/** What all runs recorded since the last flush: one transaction. */
export interface RunBatch {
  /** The records that changed. */
  readonly records: readonly RunRow[]
  /** The documents of runs that started, where they were not stored yet. */
  readonly documents: readonly RunDocument[]
  readonly chunks: readonly RunChunk[]
  /** Whether the disk itself must have it before it counts as stored. */
  readonly isSynced: boolean
  /** Epoch milliseconds. */
  readonly now: number
}

/** What a run ran: its canonical text and the hash of that. */
export interface RunDocument {
  readonly hash: string
  readonly text: string
}

/** The events `firstSeq` to `lastSeq` of one run, one line of JSON each. */
export interface RunChunk {
  readonly runId: string
  readonly firstSeq: number
  readonly lastSeq: number
  readonly lines: string
  /** Whether the last of them is the end of the run. */
  readonly isEnd: boolean
}
