interface Waiting {
  readonly at: number
  readonly end: () => void
}

/** Where the clock of a test starts, in epoch milliseconds: the same for all, so that runs repeat. */
const start = Date.UTC(2025, 0, 1)

/**
 * A clock that nobody waits for: when nothing else is left to do in the process, it jumps to the end
 * of the shortest wait. What waits keeps its order.
 */
export class VirtualClock {
  readonly #waiting = new Set<Waiting>()
  #now = start
  #isDue = false

  /** Epoch milliseconds. */
  readonly now = (): number => this.#now

  readonly wait = (ms: number, signal: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason as Error)
      const onAbort = () => {
        this.#waiting.delete(waiting)
        reject(signal.reason as Error)
      }
      const waiting = {
        at: this.#now + ms,
        end: () => {
          signal.removeEventListener('abort', onAbort)
          resolve()
        },
      }
      signal.addEventListener('abort', onAbort, { once: true })
      this.#waiting.add(waiting)
      this.#schedule()
    })

  #schedule(): void {
    if (this.#isDue || this.#waiting.size === 0) return
    this.#isDue = true
    // After what this turn of the event loop still does, sockets and workers included.
    setImmediate(() => {
      this.#isDue = false
      this.#advance()
      this.#schedule()
    })
  }

  /** Ends the shortest wait; of two that are equal, the one that began first. */
  #advance(): void {
    let shortest: Waiting | undefined
    for (const waiting of this.#waiting) {
      if (shortest === undefined || waiting.at < shortest.at) shortest = waiting
    }
    if (shortest === undefined) return
    this.#waiting.delete(shortest)
    this.#now = Math.max(this.#now, shortest.at)
    shortest.end()
  }
}
