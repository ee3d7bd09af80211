/** A clock that stands still until a test moves it on. */
export class DrivenClock {
  readonly #waits = new Set<{ readonly at: number; readonly end: () => void }>()
  #now = 0

  /** Epoch milliseconds. */
  readonly now = (): number => this.#now

  readonly wait = (ms: number, signal: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason as Error)
      const waiting = { at: this.#now + ms, end: resolve }
      this.#waits.add(waiting)
      signal.addEventListener('abort', () => {
        this.#waits.delete(waiting)
        reject(signal.reason as Error)
      })
    })

  /** How many wait at this moment. */
  get waiting(): number {
    return this.#waits.size
  }

  /** Lets time pass, and ends the waits that it covers, the shortest first. */
  advance(ms: number): void {
    this.#now += ms
    const over = [...this.#waits].filter(({ at }) => at <= this.#now)
    for (const waiting of over.toSorted((left, right) => left.at - right.at)) {
      this.#waits.delete(waiting)
      waiting.end()
    }
  }
}
