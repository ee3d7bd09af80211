import { FlowError } from '@millrace/flow'
import type { LogEntry } from './log-entry.ts'
import type { RunLog } from './run-log.ts'

/** Where a transport takes the entries of one append together: one frame, one socket write. */
export interface EntrySink {
  /**
   * Answers how many it took, from the first on. Fewer than all of them: it wants no more until
   * `drained` resolves, and gets the others from the log then.
   */
  write(entries: readonly LogEntry[]): number
  /** Resolves when it takes entries again, at once if it does already; may stay open when its reader is gone. */
  drained(): Promise<void>
}

/** Who reads which run, from where on. */
export interface FollowOptions {
  readonly runId: string
  /** The number of the last entry that the reader has; 0 for none. */
  readonly after: number
  readonly sink: EntrySink
  /** Ends following when the reader leaves. */
  readonly signal: AbortSignal
}

const pageSize = 1000

/**
 * Brings a reader everything after a number, exactly once and in order, until the run's end or the
 * reader's. A reader that keeps up gets each append directly; one whose sink is full is left behind
 * and is read to from the log when it drains, so it holds no memory of its own.
 *
 * Throws `not_found` for an unknown run, `resume_gap` when entries it needs are no longer kept.
 */
export async function followRun(log: RunLog, options: FollowOptions): Promise<void> {
  const cursor = new Cursor(log, options)
  await cursor.run()
}

class Cursor {
  readonly #log: RunLog
  readonly #options: FollowOptions
  #position: number
  #isLive = false
  /** Something was appended while the cursor was reading pages or waiting for its sink. */
  #hasMissed = false
  #isEnded = false
  /** What the sink threw while an append was written directly. */
  #failure: { readonly thrown: unknown } | undefined
  #wake: (() => void) | undefined

  constructor(log: RunLog, options: FollowOptions) {
    this.#log = log
    this.#options = options
    this.#position = options.after
  }

  async run(): Promise<void> {
    const { runId, signal } = this.#options
    const stop = this.#log.listen(runId, (entries) => this.#take(entries))
    const onAbort = () => this.#wake?.()
    signal.addEventListener('abort', onAbort)
    try {
      while (!this.#isEnded && !signal.aborted) await this.#catchUp()
    } finally {
      signal.removeEventListener('abort', onAbort)
      stop()
    }
  }

  /** Reads pages until nothing is left, then waits while appends are written directly. */
  async #catchUp(): Promise<void> {
    const { runId, signal } = this.#options
    this.#hasMissed = false
    const page = await this.#log.read(runId, this.#position, pageSize)
    if (page.status === 'unknown') {
      throw new FlowError('not_found', `There is no run "${runId}", or it is no longer kept.`)
    }
    if (page.status === 'gap') {
      throw new FlowError(
        'resume_gap',
        `The events after ${this.#position} of run "${runId}" are no longer kept. Read its result instead.`,
        { details: { oldest: page.oldest } },
      )
    }
    if (page.entries.length > 0) {
      const isTaken = this.#write(page.entries)
      this.#isEnded = isTaken && page.isEnd
      if (!isTaken) await this.#untilDrained()
      return
    }
    if (page.isEnd) {
      this.#isEnded = true
      return
    }
    if (signal.aborted || this.#hasMissed) return
    this.#isLive = true
    await new Promise<void>((resolve) => {
      this.#wake = resolve
      if (signal.aborted) resolve()
    })
    this.#wake = undefined
    this.#isLive = false
    if (this.#failure !== undefined) throw this.#failure.thrown
    if (!this.#isEnded && !signal.aborted) await this.#untilDrained()
  }

  /** The direct way: an append that follows on what was written goes straight to the sink. */
  #take(entries: readonly LogEntry[]): void {
    if (!this.#isLive) {
      this.#hasMissed = true
      return
    }
    // An append after a hole, or before what the reader has: the log says what is to be done.
    if (entries[0]?.seq !== this.#position + 1) {
      this.#leave()
      return
    }
    try {
      const isTaken = this.#write(entries)
      this.#isEnded = isTaken && entries.at(-1)?.event.type === 'run-end'
      if (this.#isEnded || !isTaken) this.#leave()
    } catch (thrown) {
      // The fault of this reader: the run and its other readers go on.
      this.#failure = { thrown }
      this.#leave()
    }
  }

  /** Ends the direct way. */
  #leave(): void {
    this.#isLive = false
    this.#wake?.()
  }

  /** Whether the sink took all of them. */
  #write(entries: readonly LogEntry[]): boolean {
    const taken = this.#options.sink.write(entries)
    this.#position = entries[taken - 1]?.seq ?? this.#position
    return taken === entries.length
  }

  async #untilDrained(): Promise<void> {
    const { sink, signal } = this.#options
    if (signal.aborted) return
    await new Promise<void>((resolve, reject) => {
      this.#wake = resolve
      sink.drained().then(resolve, reject)
    })
    this.#wake = undefined
  }
}
