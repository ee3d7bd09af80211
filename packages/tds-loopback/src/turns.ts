/** Lets one session at a time use what only one can: a PGlite is a single connection. */
export class Turns {
  #holder: object | undefined
  #waiting: (() => void)[] = []

  /** Waits until nobody else has the turn; it keeps it until it gives it back. */
  async take(session: object, signal: AbortSignal): Promise<void> {
    while (this.#holder !== undefined && this.#holder !== session) {
      signal.throwIfAborted()
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve)
        signal.addEventListener('abort', () => resolve(), { once: true })
      })
    }
    signal.throwIfAborted()
    this.#holder = session
  }

  giveBack(session: object): void {
    if (this.#holder !== session) return
    this.#holder = undefined
    const waiting = this.#waiting
    this.#waiting = []
    for (const wake of waiting) wake()
  }
}
