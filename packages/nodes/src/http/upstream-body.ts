/** What holds back, lets go or ends the connection that a body comes from. */
export interface BodyFlow {
  pause(): void
  resume(): void
  abort(reason: Error): void
}

type State =
  | { readonly status: 'open' }
  | { readonly status: 'ended' }
  | { readonly status: 'failed'; readonly error: Error }

/** At most about this many bytes wait for their reader before the connection is held back. */
const highWater = 64 * 1024

/**
 * The bytes of an answer, pushed in as they arrive and taken in the batches in which they arrived: a
 * busy reader gets larger batches, and costs one promise for each.
 */
export class UpstreamBody {
  readonly #flow: BodyFlow
  #pending: Uint8Array[] = []
  #pendingBytes = 0
  #isPaused = false
  #isReleased = false
  #state: State = { status: 'open' }
  #wake: (() => void) | undefined

  constructor(flow: BodyFlow) {
    this.#flow = flow
  }

  push(bytes: Uint8Array): void {
    if (this.#state.status !== 'open' || this.#isReleased) return
    this.#pending.push(bytes)
    this.#pendingBytes += bytes.length
    if (this.#pendingBytes >= highWater && !this.#isPaused) {
      this.#isPaused = true
      this.#flow.pause()
    }
    this.#wake?.()
  }

  end(): void {
    this.#close({ status: 'ended' })
  }

  /** The connection broke; what arrived before can still be read. */
  fail(error: Error): void {
    this.#close({ status: 'failed', error })
  }

  /** What to wait for before there is something to take, if anything. */
  arrival(): Promise<void> | undefined {
    if (this.#pending.length > 0 || this.#state.status !== 'open') return undefined
    // Resolved by the first piece, so that its reader goes on after the last one of the same socket read.
    return new Promise((resolve) => {
      this.#wake = resolve
    })
  }

  /**
   * Everything that arrived since the last call; `undefined` at the end. Throws what broke the
   * connection, once all that arrived was taken. To be called when nothing is waited for.
   */
  take(): readonly Uint8Array[] | undefined {
    this.#wake = undefined
    if (this.#pending.length > 0) return this.#takePending()
    if (this.#state.status === 'failed') throw this.#state.error
    return undefined
  }

  /** Ends the connection from our side; what arrived before can still be read. */
  cut(reason: Error): void {
    if (this.#state.status !== 'open') return
    this.#close({ status: 'ended' })
    this.#flow.abort(reason)
  }

  /** Ends the body, and its connection if it is still open; what was not read is dropped. */
  abort(reason: Error): void {
    this.#pending = []
    const isOpen = this.#state.status === 'open'
    this.#close({ status: 'failed', error: reason })
    if (isOpen) this.#flow.abort(reason)
  }

  /** Nothing more is wanted. The connection is kept for the next call if it ends within `ms`. */
  release(ms: number): void {
    if (this.#state.status !== 'open' || this.#isReleased) return
    this.#isReleased = true
    this.#pending = []
    if (this.#isPaused) this.#flow.resume()
    const timer = setTimeout(() => this.abort(new Error('The answer was complete.')), ms)
    timer.unref()
    this.#wake = () => clearTimeout(timer)
  }

  #takePending(): readonly Uint8Array[] {
    const pending = this.#pending
    this.#pending = []
    this.#pendingBytes = 0
    if (this.#isPaused) {
      this.#isPaused = false
      this.#flow.resume()
    }
    return pending
  }

  #close(state: State): void {
    if (this.#state.status !== 'open') return
    this.#state = state
    this.#wake?.()
  }
}
