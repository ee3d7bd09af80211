import { Writable, type Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import { FlowError } from '@millrace/flow'
import type { Dispatcher } from 'undici'
import { networkError } from './network-error.server.ts'
import type { OutgoingRequest } from './outgoing-request.ts'

/** The answer to one request, read to its end. */
export interface Answer {
  /** Who answered. */
  readonly url: URL
  readonly status: number
  /** By names in lower case; what came several times is joined, but for `set-cookie`. */
  readonly headers: Readonly<Record<string, string | readonly string[]>>
  /** Unpacked. */
  readonly body: Buffer
}

/** How long an exchange took, in milliseconds since it began. */
export interface ExchangeTimes {
  readonly startedAt: number
  readonly firstByteMs: number | undefined
  readonly ms: number
}

export interface ExchangeOptions {
  readonly dispatcher: Dispatcher
  /** Closes the socket when aborted. */
  readonly signal: AbortSignal
  /** At most so many bytes of the body, unpacked. */
  readonly maxBytes: number
  /** Epoch milliseconds. */
  readonly now: () => number
  /** The property of the node that led to this address, for errors. */
  readonly property: 'url' | 'connection'
  /** Told of the exchange once it ended, with the status if there was one. */
  readonly onEnd: (
    request: OutgoingRequest,
    status: number | undefined,
    times: ExchangeTimes,
  ) => void
}

/** Sends one request and reads its whole answer. Throws a `FlowError`, or why the signal aborted. */
export async function exchange(
  request: OutgoingRequest,
  { dispatcher, signal, maxBytes, now, property, onEnd }: ExchangeOptions,
): Promise<Answer> {
  const startedAt = now()
  const begun = performance.now()
  const elapsed = () => Math.round(performance.now() - begun)
  let status: number | undefined
  let firstByteMs: number | undefined
  try {
    const response = await dispatcher.request({
      origin: request.url.origin,
      path: request.url.pathname + request.url.search,
      method: request.method,
      headers: request.headers,
      body: request.body ?? null,
      signal,
      // The caller's signal watches the whole exchange.
      headersTimeout: 0,
      bodyTimeout: 0,
    })
    status = response.statusCode
    firstByteMs = elapsed()
    const headers = headersOf(response.headers)
    const isEmpty =
      request.method === 'HEAD' ||
      status === 204 ||
      status === 304 ||
      headers['content-length'] === '0'
    const decoders = isEmpty ? [] : decodersFor(headers['content-encoding'], request.url)
    const body = await readBody(response.body, decoders, maxBytes)
    return { url: request.url, status, headers, body }
  } catch (error) {
    signal.throwIfAborted()
    throw error instanceof FlowError ? error : networkError(error, { url: request.url, property })
  } finally {
    onEnd(request, status, { startedAt, firstByteMs, ms: elapsed() })
  }
}

function headersOf(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): Answer['headers'] {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value = '']) => {
      const values = [value].flat()
      return [name, name === 'set-cookie' ? values : values.join(', ')]
    }),
  )
}

/** At most so many times is a body packed. */
const maxEncodings = 3

function decodersFor(header: Answer['headers'][string] | undefined, url: URL): Transform[] {
  const names = String(header ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && name !== 'identity')
  if (names.length > maxEncodings) throw unknownEncoding(url)
  return names.toReversed().map((name) => {
    switch (name) {
      case 'gzip':
      case 'x-gzip':
        return createGunzip()
      case 'br':
        return createBrotliDecompress()
      case 'deflate':
        return createInflate()
      default:
        throw unknownEncoding(url)
    }
  })
}

function unknownEncoding(url: URL): FlowError {
  return new FlowError(
    'upstream_protocol',
    `"${url.host}" packed its answer in a way that was not asked for. Ask it for gzip, br or none, by the header accept-encoding.`,
    { details: { host: url.host } },
  )
}

/** [H5] Counts what is unpacked as it comes, so that no more than the limit is ever in memory. */
async function readBody(
  body: Dispatcher.ResponseData['body'],
  decoders: readonly Transform[],
  maxBytes: number,
): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      size += chunk.length
      chunks.push(chunk)
      done(size > maxBytes ? tooLong(maxBytes) : null)
    },
  })
  await pipeline([body, ...decoders, sink])
  return Buffer.concat(chunks)
}

function tooLong(max: number): FlowError {
  return new FlowError(
    'limit_exceeded',
    `The answer has more than ${max} bytes. Raise "Maximum size", or ask for less.`,
    { property: 'maximumSize', details: { limit: 'responseBody', max } },
  )
}
