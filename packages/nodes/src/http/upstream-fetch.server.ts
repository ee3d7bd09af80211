import { FlowError } from '@millrace/flow'
import type { Dispatcher } from 'undici'
import { addressRefusal } from '../network/address-refusal.server.ts'
import { AddressRefused } from '../network/checked-lookup.server.ts'
import { UpstreamBody } from './upstream-body.ts'
import { UpstreamCall, type Attempt } from './upstream-call.ts'

/** How long a provider may keep us waiting, in milliseconds. */
export interface Clocks {
  /** From the request to the first byte of the body, where the answer is wanted as it arrives. */
  readonly firstByteMs: number
  /** Between two pieces of the body. */
  readonly silenceMs: number
}

const defaultClocks: Clocks = { firstByteMs: 60_000, silenceMs: 120_000 }

/** What a request may say beside the ordinary options of `fetch`. */
export interface UpstreamOptions {
  /** What it is an attempt of. */
  readonly call?: UpstreamCall
  /** Whether the answer is wanted as it arrives; one that is JSON or HTML is read whole all the same. */
  readonly streams?: boolean
  /** What it goes through, instead of what the fetch was made with. */
  readonly dispatcher?: Dispatcher
}

/** A streamed answer, whose bytes are read from `upstream` and not from `body`. */
export class UpstreamResponse extends Response {
  readonly upstream: UpstreamBody

  constructor(upstream: UpstreamBody, init: ResponseInit) {
    super(null, init)
    this.upstream = upstream
  }
}

/**
 * A `fetch` for SDKs: it follows no redirects, gives a streamed answer as `UpstreamResponse` without
 * any stream object in between, and everything else as an ordinary `Response` that was read whole.
 */
export function createUpstreamFetch(
  shared: Dispatcher,
  clocks: Clocks = defaultClocks,
): (input: string | URL | Request, init?: RequestInit) => Promise<Response> {
  return async (input, init = {}) => {
    const own = init as RequestInit & UpstreamOptions // as it was given to the SDK
    const { call, streams, signal, method, headers, body, dispatcher = shared } = own
    const url = new URL(input instanceof Request ? input.url : input)
    return await new Promise<Response>((resolve, reject) => {
      const exchange = new Exchange({
        call: call ?? new UpstreamCall(url.host, signal ?? new AbortController().signal),
        clocks,
        streams: streams ?? false,
        settle: { resolve, reject },
      })
      exchange.start(() =>
        dispatcher.dispatch(
          {
            origin: url.origin,
            path: url.pathname + url.search,
            method: method ?? 'GET',
            headers: [...new Headers(headers)].flat(),
            body: typeof body === 'string' ? body : null,
            // Our own clock watches the whole exchange.
            headersTimeout: 0,
            bodyTimeout: 0,
          },
          exchange,
        ),
      )
    })
  }
}

/** At most this many bytes of an answer that is not streamed. */
const maxBodyBytes = 8 * 1024 * 1024

interface ExchangeOptions {
  readonly call: UpstreamCall
  readonly clocks: Clocks
  readonly streams: boolean
  readonly settle: {
    readonly resolve: (response: Response) => void
    readonly reject: (error: Error) => void
  }
}

/** One request and its answer, as undici reports it. */
class Exchange implements Dispatcher.DispatchHandler {
  readonly #options: ExchangeOptions
  readonly #attempt: Attempt
  readonly #onAbort = () => this.#abort(asError(this.#options.call.signal.reason))
  #controller: Dispatcher.DispatchController | undefined
  #aborted: Error | undefined
  #timer: NodeJS.Timeout | undefined
  #lastByteAt: number
  #response: ResponseInit = {}
  #body: UpstreamBody | undefined
  #chunks: Buffer[] = []
  #size = 0

  constructor(options: ExchangeOptions) {
    this.#options = options
    this.#attempt = options.call.begin()
    this.#lastByteAt = this.#attempt.startedAt
  }

  start(dispatch: () => void): void {
    const { signal } = this.#options.call
    if (signal.aborted) {
      this.#onAbort()
      return
    }
    signal.addEventListener('abort', this.#onAbort)
    // A whole answer begins when it is complete: only its caller knows how long that may take.
    if (this.#options.streams) this.#watch(this.#options.clocks.firstByteMs)
    try {
      dispatch()
    } catch (error) {
      // Nothing may answer the request, so no further attempt will be answered either.
      if (error instanceof FlowError) this.#giveUp(error)
      else throw error
    }
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller
    if (this.#aborted !== undefined) controller.abort(this.#aborted)
  }

  onResponseStart(
    controller: Dispatcher.DispatchController,
    status: number,
    headers: Record<string, string | string[] | undefined>,
  ): void {
    if (status < 200) return
    this.#response = { status, headers: responseHeaders(headers) }
    if (status >= 300 || !this.#options.streams || isDocument(headers)) return
    this.#body = new UpstreamBody({
      pause: () => controller.pause(),
      resume: () => controller.resume(),
      abort: (reason) => this.#abort(reason),
    })
    this.#options.settle.resolve(new UpstreamResponse(this.#body, this.#response))
  }

  onResponseData(_: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#lastByteAt = performance.now()
    this.#attempt.firstByteAt ??= this.#lastByteAt
    if (this.#timer === undefined) this.#watch(this.#options.clocks.silenceMs)
    if (this.#body !== undefined) {
      this.#body.push(chunk)
      return
    }
    this.#size += chunk.length
    if (this.#size > maxBodyBytes) this.#giveUp(tooLong(this.#options.call))
    else this.#chunks.push(chunk)
  }

  onResponseEnd(): void {
    this.#close()
    if (this.#body !== undefined) this.#body.end()
    else this.#options.settle.resolve(wholeResponse(this.#chunks, this.#response))
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    this.#close()
    if (isFinal(error)) this.#options.call.giveUp(finalFailure(error, this.#options.call))
    this.#fail(this.#aborted ?? error)
  }

  /** One coarse timer for the whole exchange, set again for what is left of the wait. */
  #watch(ms: number): void {
    this.#timer = setTimeout(() => {
      const { firstByteMs, silenceMs } = this.#options.clocks
      const hasByte = this.#attempt.firstByteAt !== undefined
      const limit = hasByte ? silenceMs : firstByteMs
      // While we hold the provider back, its silence is ours.
      const waited = this.#controller?.paused === true ? 0 : performance.now() - this.#lastByteAt
      if (waited < limit) this.#watch(limit - waited)
      else
        this.#giveUp(hasByte ? fellSilent(this.#options, limit) : noBeginning(this.#options, limit))
    }, ms)
  }

  #giveUp(failure: FlowError): void {
    this.#options.call.giveUp(failure)
    this.#abort(failure)
  }

  #abort(reason: Error): void {
    if (this.#aborted !== undefined) return
    this.#aborted = reason
    this.#close()
    this.#controller?.abort(reason)
    this.#fail(reason)
  }

  #fail(error: Error): void {
    if (this.#body === undefined) this.#options.settle.reject(error)
    else this.#body.fail(error)
  }

  #close(): void {
    clearTimeout(this.#timer)
    this.#attempt.endedAt = performance.now()
    this.#options.call.signal.removeEventListener('abort', this.#onAbort)
  }
}

function isDocument(headers: Record<string, string | string[] | undefined>): boolean {
  return /^(?:application\/json|text\/html)\b/i.test(String(headers['content-type'] ?? ''))
}

function responseHeaders(headers: Record<string, string | string[] | undefined>): Headers {
  const result = new Headers()
  for (const [name, value] of Object.entries(headers)) {
    for (const one of [value ?? []].flat()) result.append(name, one)
  }
  return result
}

function wholeResponse(chunks: readonly Buffer[], init: ResponseInit): Response {
  const text = Buffer.concat(chunks).toString()
  const headers = new Headers(init.headers)
  if (isFinalRefusal(init.status ?? 200, text)) headers.set('x-should-retry', 'false')
  return new Response(text === '' ? null : text, { ...init, headers })
}

/** Statuses that say that the same request would be refused again, whatever a header says. */
const finalStatuses = new Set([400, 401, 403, 404])

/** Whether another attempt would only be refused again: a spent quota does not come back. */
function isFinalRefusal(status: number, body: string): boolean {
  if (status < 400) return false
  return finalStatuses.has(status) || /"(?:insufficient_quota|context_length_exceeded)"/.test(body)
}

/** Errors of connecting that another attempt would only repeat, slowly. */
function isFinal(error: Error): boolean {
  return error instanceof AddressRefused || codeOf(error) === 'UND_ERR_CONNECT_TIMEOUT'
}

function finalFailure(error: Error, { connection }: UpstreamCall): FlowError {
  if (error instanceof AddressRefused) {
    return addressRefusal(error, { what: `"${connection}"`, property: 'connection' })
  }
  return new FlowError(
    'provider_unreachable',
    `"${connection}" did not take a connection within 10 seconds. Check the base URL of the connection, and whether the server runs.`,
    { retryable: true, property: 'connection', cause: error },
  )
}

function noBeginning({ call }: ExchangeOptions, ms: number): FlowError {
  return timeout(
    `"${call.connection}" did not begin to answer within ${seconds(ms)}. Try again, or take a faster model.`,
  )
}

function fellSilent({ call }: ExchangeOptions, ms: number): FlowError {
  return timeout(
    `"${call.connection}" fell silent: nothing came for ${seconds(ms)} in the middle of its answer. Try again.`,
  )
}

function timeout(message: string): FlowError {
  return new FlowError('timeout', message, { retryable: true })
}

function seconds(ms: number): string {
  return `${Math.round(ms / 1000)} seconds`
}

function tooLong({ connection }: UpstreamCall): FlowError {
  return new FlowError(
    'limit_exceeded',
    `"${connection}" answered with more than ${maxBodyBytes} bytes. Check the base URL of the connection.`,
    { property: 'connection', details: { limit: 'upstreamBody', max: maxBodyBytes } },
  )
}

/** The code of a network error, its own or that of its cause: ECONNREFUSED, ENOTFOUND, HPE_INVALID. */
export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  // undici's parser gives its errors codes that begin like this, but not all of them.
  if (error.name === 'HTTPParserError') return 'HPE_INVALID'
  if ('code' in error && typeof error.code === 'string') return error.code
  return codeOf(error.cause)
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error('The call was stopped.')
}
