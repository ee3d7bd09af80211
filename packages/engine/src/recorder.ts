import type { RunEvent, TraceLevel } from '@millrace/flow'
import { LogEntry } from './log-entry.ts'
import type { RunLog } from './run-log.ts'
import { afterTurn } from './turn.ts'

/** An event before the recorder numbers it. */
export type Fact = RunEvent extends infer E
  ? E extends RunEvent
    ? Omit<E, 'seq' | 'at'>
    : never
  : never

/** How many details a run with trace `fullOnFailure` holds back at most; the oldest go first. */
const maxHeldBack = 2000

/** Numbers the events of one run and hands them to the log once a turn, in order. */
export class Recorder {
  readonly #runId: string
  readonly #log: RunLog
  readonly #now: () => number
  readonly #flushLater = () => this.flush()
  #seq = 0
  #entries: LogEntry[] = []
  #heldBack: Fact[] = []
  #isClosed = false
  /** How much is recorded where nobody raised it. */
  readonly ownLevel: TraceLevel
  #raises = 0
  /** How much is recorded at this moment. */
  level: TraceLevel

  constructor(options: {
    readonly runId: string
    readonly log: RunLog
    readonly now: () => number
    readonly level: TraceLevel
  }) {
    this.#runId = options.runId
    this.#log = options.log
    this.#now = options.now
    this.ownLevel = options.level
    this.level = options.level
  }

  /** Whether inputs, outputs and deltas are wanted: now, or in case the run fails. */
  get wantsDetails(): boolean {
    return this.level !== 'summary'
  }

  /** Records an event; after the end of the run nothing is recorded any more. */
  record(fact: Fact, valueJson?: string): void {
    if (this.#isClosed) return
    this.#seq += 1
    const event = { seq: this.#seq, at: this.#now(), ...fact } as RunEvent // a fact with its number
    if (this.#entries.length === 0) afterTurn(this.#flushLater)
    this.#entries.push(
      valueJson === undefined ? new LogEntry(event) : new LogEntry(event, { valueJson }),
    )
  }

  /** Records a detail, which only trace `full` shows; `fullOnFailure` holds it back. */
  detail(fact: Fact): void {
    if (this.level === 'full') {
      this.record(fact)
    } else if (this.level === 'fullOnFailure') {
      this.#heldBack.push(fact)
      if (this.#heldBack.length > maxHeldBack) this.#heldBack.shift()
    }
  }

  /**
   * Records everything until the answer is called, and everybody who raised it has called theirs. What
   * was held back is let out first: told later, it would come after what it came before.
   */
  raise(): () => void {
    this.#raises += 1
    this.level = 'full'
    this.release()
    return () => {
      this.#raises -= 1
      if (this.#raises === 0) this.level = this.ownLevel
    }
  }

  /** Lets out what was held back. */
  release(): void {
    for (const fact of this.#heldBack) this.record(fact)
    this.#heldBack = []
  }

  /** Records the last event, and makes sure that it is the last. */
  close(fact: Fact): RunEvent {
    this.record(fact)
    const end = this.#entries.at(-1)
    if (end === undefined) throw new Error('A run was closed twice.')
    this.#isClosed = true
    this.#heldBack = []
    this.flush()
    return end.event
  }

  flush(): void {
    if (this.#entries.length === 0) return
    const entries = this.#entries
    this.#entries = []
    this.#log.append(this.#runId, entries)
  }
}
