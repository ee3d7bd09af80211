import { FlowError } from '@millrace/flow'

/** How long what is cancelled may take to give way before it is abandoned. */
const givingWayMs = 2000

/** What a scope waits for, and can leave behind. */
export interface Waiting {
  /** Ends the wait over its head, unless it only waits for something in it. */
  abandon(): void
}

/** What is cancelled together: all of a run but its *finally* blocks, or those. */
export class CancelScope {
  readonly #abort = new AbortController()
  /** Outermost first. */
  readonly #waiting = new Set<Waiting>()
  #timer: ReturnType<typeof setTimeout> | undefined
  #isCancelled = false
  #isOver = false

  get signal(): AbortSignal {
    return this.#abort.signal
  }

  /** The same as the signal says, but asked several times for each message. */
  get isCancelled(): boolean {
    return this.#isCancelled
  }

  /** Whether the time to give way is over. */
  get isOver(): boolean {
    return this.#isOver
  }

  /** Aborts the signal; [E10] what does not give way in time is abandoned. */
  cancel(): void {
    if (this.#isCancelled) return
    this.#isCancelled = true
    this.#abort.abort(cancelledError())
    this.#timer = setTimeout(() => {
      this.#isOver = true
      for (const waiting of [...this.#waiting].toReversed()) waiting.abandon()
    }, givingWayMs)
  }

  add(waiting: Waiting): void {
    this.#waiting.add(waiting)
  }

  delete(waiting: Waiting): void {
    this.#waiting.delete(waiting)
  }

  /** To be called when the run ends: nothing is waited for any more. */
  dispose(): void {
    clearTimeout(this.#timer)
  }
}

/** What a cancelled wait rejects with. */
export function cancelledError(): FlowError {
  return new FlowError('cancelled', 'The run was cancelled.')
}
