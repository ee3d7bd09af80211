import { FlowError } from '@millrace/flow'
import type { SandboxOutcome } from './sandbox-message.server.ts'
import { SandboxThread, type ThreadCall } from './sandbox-thread.server.ts'

interface Options {
  readonly maxThreads: number
  /** How many calls may wait for a thread. */
  readonly maxWaiting: number
}

/** How long a thread stays without a call. */
const idleMs = 30_000

/** The threads of the sandbox: started when they are needed, ended when they are not. */
export class SandboxThreads {
  readonly #maxThreads: number
  readonly #maxWaiting: number
  /** Each with the timer that ends it; what was used last stands last. */
  readonly #idle = new Map<SandboxThread, NodeJS.Timeout>()
  readonly #busy = new Set<SandboxThread>()
  readonly #waiting = new Set<() => void>()
  /** How many calls have a thread, or are about to take one. */
  #calls = 0
  #isClosed = false

  constructor({ maxThreads, maxWaiting }: Options) {
    this.#maxThreads = maxThreads
    this.#maxWaiting = maxWaiting
  }

  /** Rejects with the reason of the signal, and with `limit_exceeded` when too many calls wait. */
  async call(call: ThreadCall): Promise<SandboxOutcome> {
    if (this.#calls < this.#maxThreads) this.#calls += 1
    else await this.#turn(call.signal)
    try {
      return await this.#callNow(call)
    } finally {
      const [next] = this.#waiting
      if (next === undefined) {
        this.#calls -= 1
      } else {
        this.#waiting.delete(next)
        next()
      }
    }
  }

  /** Ends every thread; what they run fails. */
  async close(): Promise<void> {
    this.#isClosed = true
    for (const timer of this.#idle.values()) clearTimeout(timer)
    const threads = [...this.#idle.keys(), ...this.#busy]
    this.#idle.clear()
    await Promise.all(threads.map(async (thread) => thread.close()))
  }

  /** Waits until another call hands its place on. */
  async #turn(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted()
    const max = this.#maxWaiting
    if (this.#waiting.size >= max) {
      throw new FlowError(
        'limit_exceeded',
        `More than ${max} functions wait to be run. Try again later, or let their code do less.`,
        { retryable: true, details: { limit: 'waitingFunctions', max } },
      )
    }
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const leave = () => {
      if (this.#waiting.delete(resolve)) reject(signal.reason)
    }
    this.#waiting.add(resolve)
    signal.addEventListener('abort', leave)
    await promise.finally(() => signal.removeEventListener('abort', leave))
  }

  async #callNow(call: ThreadCall): Promise<SandboxOutcome> {
    call.signal.throwIfAborted()
    const thread = this.#take()
    try {
      return await thread.call(call)
    } finally {
      this.#giveBack(thread)
    }
  }

  #take(): SandboxThread {
    if (this.#isClosed) throw new Error('The sandbox is closed.')
    const [thread, timer] = [...this.#idle].at(-1) ?? [new SandboxThread()]
    clearTimeout(timer)
    this.#idle.delete(thread)
    this.#busy.add(thread)
    return thread
  }

  #giveBack(thread: SandboxThread): void {
    this.#busy.delete(thread)
    if (thread.isSpent || this.#isClosed) {
      void thread.close()
      return
    }
    const timer = setTimeout(() => {
      this.#idle.delete(thread)
      void thread.close()
    }, idleMs)
    this.#idle.set(thread, timer.unref())
  }
}
