import type { FlowError } from '@millrace/flow'

/** One attempt of a call; times are those of `performance.now()`. */
export interface Attempt {
  readonly startedAt: number
  firstByteAt?: number
  endedAt?: number
}

/** One call to a provider: its attempts, and how it is stopped for good. */
export class UpstreamCall {
  /** The name of the connection that is called, for errors. */
  readonly connection: string
  readonly #attempts: Attempt[] = []
  readonly #controller = new AbortController()
  readonly #outer: AbortSignal
  readonly #stop = () => this.#controller.abort(this.#outer.reason)

  /** `outer` is the signal of the run. */
  constructor(connection: string, outer: AbortSignal) {
    this.connection = connection
    this.#outer = outer
    if (outer.aborted) this.#stop()
    else outer.addEventListener('abort', this.#stop)
  }

  get attempts(): readonly Attempt[] {
    return this.#attempts
  }

  /** Reaches every wait and socket of the call. */
  get signal(): AbortSignal {
    return this.#controller.signal
  }

  /** Why the call was given up, if it was: an error that a further attempt would not mend. */
  get failure(): unknown {
    return this.#outer.aborted ? undefined : this.#controller.signal.reason
  }

  begin(): Attempt {
    const attempt = { startedAt: performance.now() }
    this.#attempts.push(attempt)
    return attempt
  }

  /** Stops the call without further attempts. */
  giveUp(failure: FlowError): void {
    this.#controller.abort(failure)
  }

  /** The call is over: the run's signal no longer concerns it. */
  close(): void {
    this.#outer.removeEventListener('abort', this.#stop)
  }
}
