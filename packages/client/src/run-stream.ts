import { FlowError, type RunOutcome, type Usage } from '@millrace/flow/events'
import { readEvents } from './event-stream.ts'
import { errorOf, send, type ClientOptions } from './request.ts'

/** How a streamed run ended, when it did not fail. */
export interface RunSummary {
  readonly runId: string
  readonly outcome: RunOutcome
  /** What *Return* returned; null for nothing. */
  readonly result: unknown
  readonly usage: Usage | null
}

/** The yields of a run, in order and each exactly once, also across lost connections. */
export interface RunStream extends AsyncIterable<unknown> {
  readonly runId: string
  /** The number of the last event that was read; give it to `attach` to go on later. */
  readonly seq: number
  /** Set once the values were read to their end. */
  readonly summary: RunSummary | undefined
}

export interface StreamStart {
  readonly runId: string
  readonly after: number
  /** The response that began the stream, if there is one already. */
  readonly response?: Response
  readonly signal?: AbortSignal | undefined
}

/** How often in a row a lost connection is tried again, and how long is waited first, in ms. */
const attempts = 6
const firstDelayMs = 100

/**
 * Reads a run. When the connection is lost the stream goes on after the last event that arrived; it
 * throws the run's own error, or what kept it from being resumed.
 */
export class ResumingStream implements RunStream {
  readonly runId: string
  seq: number
  summary: RunSummary | undefined
  readonly #client: ClientOptions
  readonly #signal: AbortSignal | undefined
  #response: Response | undefined

  constructor(client: ClientOptions, start: StreamStart) {
    this.#client = client
    this.runId = start.runId
    this.seq = start.after
    this.#response = start.response
    this.#signal = start.signal
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<unknown> {
    for (let failures = 0; this.summary === undefined;) {
      const before = this.seq
      try {
        yield* this.#readOnce()
      } catch (error) {
        if (error instanceof FlowError || this.#signal?.aborted === true) throw error
      }
      if (this.summary !== undefined) return
      failures = this.seq > before ? 1 : failures + 1
      if (failures > attempts) throw lost(this.runId)
      await pause(firstDelayMs * 2 ** (failures - 1), this.#signal)
    }
  }

  async *#readOnce(): AsyncGenerator<unknown> {
    const response = this.#response ?? (await this.#resume())
    this.#response = undefined
    if (response.body === null) return
    for await (const { id, event, data } of readEvents(response.body)) {
      if (event === 'yield') {
        const value: unknown = JSON.parse(data)
        this.seq = Number(id)
        yield value
      } else if (event === 'end') {
        this.summary = { runId: this.runId, ...(JSON.parse(data) as Omit<RunSummary, 'runId'>) } // the server's contract
        return
      } else if (event === 'error') {
        throw errorOf((JSON.parse(data) as { readonly error: unknown }).error)
      }
    }
  }

  async #resume(): Promise<Response> {
    try {
      return await send(this.#client, {
        method: 'GET',
        path: `/api/runs/${encodeURIComponent(this.runId)}/stream?after=${this.seq}`,
        accept: 'text/event-stream',
        lastEventId: this.seq,
        signal: this.#signal,
      })
    } catch (error) {
      // A server that is starting again is as good as a lost connection: not the run's own error.
      if (error instanceof FlowError && error.retryable) throw new Error('lost', { cause: error })
      throw error
    }
  }
}

function lost(runId: string): FlowError {
  return new FlowError(
    'provider_unreachable',
    `The connection to run "${runId}" was lost and could not be had again. Attach to the run later: it may still be going on.`,
    { retryable: true },
  )
}

function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
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
