import { afterTurn } from './turn.ts'

/** How many nodes a run starts in one turn of the event loop, and for how long. */
const maxStarts = 1000
const maxMs = 20

/** [E23] Makes a run that never waits give way to others now and then. */
export class Pace {
  readonly #now: () => number
  readonly #reset = () => {
    this.#starts = 0
  }
  #starts = 0
  #startedAt = 0

  constructor(now: () => number) {
    this.#now = now
  }

  /** To be asked before a node or an empty block starts: what to wait for first, if anything. */
  start(): Promise<void> | undefined {
    if (this.#starts === 0) {
      this.#startedAt = this.#now()
      afterTurn(this.#reset)
    }
    this.#starts += 1
    if (this.#starts <= maxStarts && this.#now() - this.#startedAt < maxMs) return undefined
    return nextTurn()
  }
}

/** Resolves when everything that could go on without waiting has gone on. */
export function nextTurn(): Promise<void> {
  return new Promise(afterTurn)
}
