import type { RunEventOf } from '@millrace/flow'
import { LogEntry, type LogPage } from '@millrace/engine'
import type { RunChunk } from './run-batch.ts'
import { endRecord, lostEndOf, startRecord, type RunRecord } from './run-record.ts'

/** How many stored entries of a running run stay in memory, for readers that lag a little. */
const keptEntries = 16
/** About how many characters one page holds, so that a slow reader is not handed megabytes. */
export const pageCharacters = 256 * 1024

/** The latest entries of one run. What is not stored yet is always among them. */
export class RunRing {
  readonly runId: string
  #entries: LogEntry[] = []
  /** The numbers of the last entry here, handed to the store, and stored there. */
  #head = 0
  #takenSeq = 0
  #storedSeq = 0
  #record: RunRecord | undefined
  #hasNewRecord = false
  #isEnded = false

  constructor(runId: string) {
    this.runId = runId
  }

  /** How the run stands; `undefined` before its first entry. */
  get record(): RunRecord | undefined {
    return this.#record
  }

  /** The number of the last entry. */
  get head(): number {
    return this.#head
  }

  /** The number of the oldest entry here. */
  get oldest(): number {
    return this.#entries[0]?.seq ?? this.#head + 1
  }

  /** Whether the run ended and everything of it is stored, so that the ring can go. */
  get isSpent(): boolean {
    return this.#isEnded && this.#storedSeq === this.#head
  }

  append(entries: readonly LogEntry[]): void {
    for (const entry of entries) this.#entries.push(entry)
    const first = entries[0]?.event
    const last = entries.at(-1)?.event
    this.#head = last?.seq ?? this.#head
    if (first?.type === 'run-start') this.#setRecord(startRecord(first))
    if (last?.type === 'run-end') this.#end(last)
  }

  /**
   * What was appended since the last call, for the store. Throws when it cannot be written as JSON;
   * it is then given up.
   */
  take(): { readonly chunk: RunChunk | undefined; readonly record: RunRecord | undefined } {
    const record = this.#hasNewRecord ? this.#record : undefined
    this.#hasNewRecord = false
    const firstSeq = this.#takenSeq + 1
    if (firstSeq > this.#head) return { chunk: undefined, record }
    this.#takenSeq = this.#head
    let lines = ''
    for (let index = firstSeq - this.oldest; index < this.#entries.length; index += 1) {
      lines += `${this.#entries[index]?.json}\n`
    }
    return { chunk: { runId: this.runId, firstSeq, lastSeq: this.#head, lines }, record }
  }

  /** Everything up to this number is stored, or given up: only the latest of it stays. */
  settle(seq: number): void {
    this.#storedSeq = seq
    const surplus = seq + 1 - keptEntries - this.oldest
    if (surplus > 0) this.#entries.splice(0, surplus)
  }

  /** A page from memory; `undefined` when it no longer holds what is asked for. */
  read(after: number, limit: number): Extract<LogPage, { status: 'found' }> | undefined {
    if (after + 1 < this.oldest) return undefined
    if (this.#isEnded && after > this.#head && this.#record !== undefined) {
      const end = lostEndOf(this.#record, { seq: after + 1 })
      return { status: 'found', entries: [new LogEntry(end)], isEnd: true }
    }
    const entries: LogEntry[] = []
    let characters = 0
    for (let index = after + 1 - this.oldest; index < this.#entries.length; index += 1) {
      const entry = this.#entries[index]
      if (entry === undefined || entries.length === limit || characters > pageCharacters) break
      entries.push(entry)
      characters += entry.valueJson?.length ?? 100
    }
    const isEnd = this.#isEnded && (entries.at(-1)?.seq ?? after) >= this.#head
    return { status: 'found', entries, isEnd }
  }

  #setRecord(record: RunRecord): void {
    this.#record = record
    this.#hasNewRecord = true
  }

  #end(event: RunEventOf<'run-end'>): void {
    this.#isEnded = true
    if (this.#record !== undefined) this.#setRecord(endRecord(this.#record, event))
  }
}
