import type { RunEvent, RunEventOf } from '@millrace/flow'
import { LogEntry, type LogPage } from '@millrace/engine'
import type { RunChunk } from './run-batch.ts'
import {
  addCall,
  endRecord,
  lostEndOf,
  startRecord,
  withoutStartKey,
  type RunOpening,
  type RunRecord,
} from './run-record.ts'

/** How many stored entries of a running run stay in memory, for readers that lag a little. */
const keptEntries = 16
/** About how many characters one page holds, so that a slow reader is not handed megabytes. */
export const pageCharacters = 256 * 1024

/** What a run that nobody told more of counts as. */
const unknownOpening: Pick<RunOpening, 'origin' | 'parentRunId' | 'startedBy' | 'environment'> = {
  origin: 'client',
  parentRunId: null,
  startedBy: null,
  environment: 'development',
}

/** What the store has to take of a run since it did last. */
export interface Taken {
  readonly chunk: RunChunk | undefined
  readonly record: RunRecord | undefined
  /** With the first chunk, where it was told. */
  readonly opening: RunOpening | undefined
}

/** The latest entries of one run. What is not stored yet is always among them. */
export class RunRing {
  readonly runId: string
  #entries: LogEntry[] = []
  /** The numbers of the last entry here, handed to the store, and stored there. */
  #head = 0
  #takenSeq = 0
  #storedSeq = 0
  #record: RunRecord | undefined
  #opening: RunOpening | undefined
  #hasNewRecord = false
  #isEnded = false

  constructor(runId: string, opening: RunOpening | undefined) {
    this.runId = runId
    this.#opening = opening
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

  /** Whether something was appended since the store took of it last. */
  get hasUntaken(): boolean {
    return this.#takenSeq < this.#head
  }

  append(entries: readonly LogEntry[]): void {
    for (const entry of entries) {
      this.#entries.push(entry)
      this.#take(entry.event)
    }
    this.#head = entries.at(-1)?.seq ?? this.#head
  }

  /**
   * What was appended since the last call, for the store. Throws when it cannot be written as JSON;
   * it is then given up.
   */
  take(): Taken {
    const record = this.#hasNewRecord ? this.#record : undefined
    this.#hasNewRecord = false
    const opening = this.#opening
    this.#opening = undefined
    const firstSeq = this.#takenSeq + 1
    if (firstSeq > this.#head) return { chunk: undefined, record, opening }
    this.#takenSeq = this.#head
    let lines = ''
    for (let index = firstSeq - this.oldest; index < this.#entries.length; index += 1) {
      lines += `${this.#entries[index]?.json}\n`
    }
    const { runId } = this
    const chunk = { runId, firstSeq, lastSeq: this.#head, lines, isEnd: this.#isEnded }
    return { chunk, record, opening }
  }

  /** From now on a start that comes again is not this run. */
  forgetStartKey(): void {
    if (this.#record !== undefined) this.#setRecord(withoutStartKey(this.#record))
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

  #take(event: RunEvent): void {
    switch (event.type) {
      case 'run-start':
        this.#setRecord(startRecord(event, this.#opening ?? unknownOpening))
        return
      case 'node-call':
        this.#countCall(event)
        return
      case 'run-end':
        this.#isEnded = true
        if (this.#record !== undefined) this.#setRecord(endRecord(this.#record, event))
        return
      default:
    }
  }

  #countCall({ model, usage }: RunEventOf<'node-call'>): void {
    if (this.#record === undefined || usage === undefined || usage === null) return
    this.#setRecord(addCall(this.#record, model ?? null, usage))
  }

  #setRecord(record: RunRecord): void {
    this.#record = record
    this.#hasNewRecord = true
  }
}
