import type { AnswerWitness, Exchanges, RecordedAnswer } from '@millrace/engine'
import { Dispatcher } from 'undici'

type Handler = Dispatcher.DispatchHandler
type DispatchOptions = Dispatcher.DispatchOptions
/** Waits, by whichever clock the run has. */
type Wait = (ms: number, signal: AbortSignal) => Promise<void>

interface Options {
  readonly exchanges: Exchanges
  readonly nodeId: string
  readonly network: Dispatcher
  readonly wait: Wait
}

/** The network as one node of a run sees it: through the exchanges of its run. */
export class ExchangeDispatcher extends Dispatcher {
  readonly #options: Options

  constructor(options: Options) {
    super()
    this.#options = options
  }

  override dispatch(request: DispatchOptions, handler: Handler): boolean {
    const { exchanges, nodeId, network, wait } = this.#options
    const answer = exchanges.begin({
      nodeId,
      method: request.method,
      url: `${String(request.origin ?? '')}${request.path}`,
      body: bodyOf(request.body),
    })
    if ('pieces' in answer) {
      void new Playback(answer, handler, wait).play()
      return true
    }
    return network.dispatch(request, witnessed(handler, answer))
  }
}

function bodyOf(body: DispatchOptions['body']): string | Uint8Array | null {
  return typeof body === 'string' || body instanceof Uint8Array ? body : null
}

/** The same handler, and a witness that is told first. */
function witnessed(handler: Handler, witness: AnswerWitness): Handler {
  return {
    onRequestStart: (controller, context) => handler.onRequestStart?.(controller, context),
    onResponseStart(controller, status, headers, message) {
      if (status >= 200) witness.begin(status, withoutGaps(headers))
      handler.onResponseStart?.(controller, status, headers, message)
    },
    onResponseData(controller, chunk) {
      witness.data(chunk)
      handler.onResponseData?.(controller, chunk)
    },
    onResponseEnd(controller, trailers) {
      witness.end()
      handler.onResponseEnd?.(controller, trailers)
    },
    onResponseError(controller, error) {
      witness.fail(error)
      handler.onResponseError?.(controller, error)
    },
  }
}

function withoutGaps(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): Record<string, string | string[]> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value]],
    ),
  )
}

/** One recorded answer on its way to the node, in the pieces and at the times in which it came. */
class Playback implements Dispatcher.DispatchController {
  readonly #answer: RecordedAnswer
  readonly #handler: Handler
  readonly #wait: Wait
  readonly #stop = new AbortController()
  #resume = Promise.withResolvers<void>()
  #isPaused = false

  constructor(answer: RecordedAnswer, handler: Handler, wait: Wait) {
    this.#answer = answer
    this.#handler = handler
    this.#wait = wait
  }

  get aborted(): boolean {
    return this.#stop.signal.aborted
  }

  get reason(): Error | null {
    const reason: unknown = this.#stop.signal.reason
    return reason instanceof Error ? reason : null
  }

  get paused(): boolean {
    return this.#isPaused
  }

  abort(reason: Error): void {
    this.#stop.abort(reason)
    this.#resume.resolve()
  }

  pause(): void {
    if (this.#isPaused) return
    this.#isPaused = true
    this.#resume = Promise.withResolvers()
  }

  resume(): void {
    this.#isPaused = false
    this.#resume.resolve()
  }

  async play(): Promise<void> {
    const { status, headers, pieces, isCut } = this.#answer
    const handler = this.#handler
    try {
      handler.onRequestStart?.(this, undefined)
      let now = 0
      let hasBegun = false
      const begin = () => {
        hasBegun = true
        if (status === undefined) throw brokenConnection()
        handler.onResponseStart?.(this, status, Object.fromEntries(copied(headers)), '')
      }
      for (const { at, bytes } of pieces) {
        await this.#until(at - now)
        now = Math.max(now, at)
        if (!hasBegun) begin()
        handler.onResponseData?.(this, Buffer.from(bytes))
      }
      await this.#until(0)
      if (!hasBegun) begin()
      if (isCut) throw brokenConnection()
      handler.onResponseEnd?.(this, {})
    } catch (error) {
      const failure = error instanceof Error ? error : new Error('The answer was stopped.')
      handler.onResponseError?.(this, this.reason ?? failure)
    }
  }

  async #until(ms: number): Promise<void> {
    await this.#wait(Math.max(0, ms), this.#stop.signal)
    if (this.#isPaused) await this.#resume.promise
    this.#stop.signal.throwIfAborted()
  }
}

/** As undici says it. */
function brokenConnection(): Error {
  return Object.assign(new Error('other side closed'), { code: 'UND_ERR_SOCKET' })
}

function copied(headers: RecordedAnswer['headers']): readonly [string, string | string[]][] {
  return Object.entries(headers).map(([name, value]) => [
    name,
    typeof value === 'string' ? value : [...value],
  ])
}
