import { FlowError } from '@millrace/flow/events'
import type { CallOptions } from './connection.ts'
import { attempt, unreachable, type ClientOptions, type RequestOptions } from './request.ts'

/** For how long something is asked for that goes on by itself, and that is yet to begin, in ms. */
export const patienceOf = {
  following: ({ patienceMs = 60_000 }: ClientOptions) => patienceMs,
  starting: ({ patienceMs = 60_000 }: ClientOptions) => Math.min(patienceMs, 10_000),
}

/** Leaves a response to be read by whoever asked for it. */
export const asItIs = (response: Response): Promise<Response> => Promise.resolve(response)

const firstWaitMs = 100
const longestWaitMs = 5000

/** The attempts of one call, with growing waits between those that fail in a row. */
export class Retries {
  readonly #client: ClientOptions
  readonly #patienceMs: number
  readonly #call: CallOptions
  #failures = 0
  #waitedMs = 0

  constructor(client: ClientOptions, patienceMs: number, call: CallOptions) {
    this.#client = client
    this.#patienceMs = patienceMs
    this.#call = call
  }

  /** Sends a request until it is answered and read. Throws why it never will be, or not in time. */
  async ask<T>(
    request: Omit<RequestOptions, 'signal'>,
    read: (response: Response) => Promise<T>,
  ): Promise<T> {
    const { signal, onConnection } = this.#call
    while (true) {
      const made = await attempt(this.#client, { ...request, signal })
      if (made.status === 'refused') throw made.error
      if (made.status === 'passing') await this.failed(made.error, made.retryAfterMs)
      else {
        onConnection?.({ state: 'open' })
        try {
          return await within(request.headMs, read(made.response))
        } catch (thrown) {
          signal?.throwIfAborted()
          if (thrown instanceof FlowError) throw thrown
          // The body was cut, or stopped coming.
          made.giveUp()
          await this.failed(unreachable(this.#client, thrown))
        }
      }
    }
  }

  /** Something came, so somebody is there: patience begins anew. The waits go on growing. */
  heard(): void {
    this.#waitedMs = 0
  }

  /** What was asked for came: the next failure is a first one. */
  succeeded(): void {
    this.#failures = 0
    this.heard()
  }

  /** Waits before the next attempt. Throws the error when the patience is at its end. */
  async failed(error: FlowError, retryAfterMs = 0): Promise<void> {
    const grown = Math.min(longestWaitMs, firstWaitMs * 2 ** this.#failures)
    // Those that were cut off together do not come back together.
    const ms = Math.max(Math.round(grown * (0.5 + Math.random() / 2)), retryAfterMs)
    this.#failures += 1
    this.#waitedMs += ms
    if (this.#waitedMs > this.#patienceMs) throw error
    this.#call.onConnection?.({ state: 'waiting', ms, error })
    await pause(ms, this.#call.signal)
  }
}

/** What comes in time; throws when it does not. */
async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new Error(`Nothing more came for ${ms} ms.`)), ms)
  try {
    return await Promise.race([work, late.promise])
  } finally {
    clearTimeout(timer)
  }
}

async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  signal?.throwIfAborted()
  await new Promise<void>((resolve, reject) => {
    const onAbort = () => {
      clearTimeout(timer)
      reject(signal?.reason as Error)
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', onAbort)
      resolve()
    }, ms)
    signal?.addEventListener('abort', onAbort, { once: true })
  })
}
