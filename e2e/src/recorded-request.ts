import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import { buffer } from 'node:stream/consumers'

/** A request that the fake model server got, and what became of its answer. */
export interface RecordedRequest {
  readonly method: string
  /** With the query: `/v1/chat/completions`. */
  readonly path: string
  readonly headers: IncomingHttpHeaders
  /** Parsed JSON; undefined when there was no body. */
  readonly body: unknown
  /** Epoch ms. */
  readonly receivedAt: number
  /** How the answer ended, once it has. */
  readonly ended: Promise<RequestEnd>
  /** The same, undefined until then. */
  readonly end?: RequestEnd
}

/** `client-left`: the client closed its socket before the answer was complete. */
interface RequestEnd {
  readonly how: 'answered' | 'cut' | 'client-left'
  /** Epoch ms. */
  readonly at: number
}

/** A recorded request with the answer that is being sent to it. */
export interface Exchange {
  readonly request: RecordedRequest
  readonly response: ServerResponse
  /** Closes the socket, not with a reset: that could take back bytes the client has not read. */
  readonly cut: () => void
}

/** Reads the request's body and watches its answer until it ends. */
export async function recordRequest(
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<Exchange> {
  const bytes = await buffer(incoming)
  const { promise, resolve } = Promise.withResolvers<RequestEnd>()
  const request: { -readonly [Key in keyof RecordedRequest]: RecordedRequest[Key] } = {
    method: incoming.method ?? '',
    path: incoming.url ?? '',
    headers: incoming.headers,
    body: bytes.length === 0 ? undefined : JSON.parse(bytes.toString()),
    receivedAt: Date.now(),
    ended: promise,
  }
  const settle = (how: RequestEnd['how']) => {
    request.end ??= { how, at: Date.now() }
    resolve(request.end)
  }
  response.on('close', () => settle(response.writableFinished ? 'answered' : 'client-left'))
  const cut = () => {
    settle('cut')
    response.destroy()
  }
  return { request, response, cut }
}

/** A field of the body, whose type the caller states: a test sees at once when it is another. */
export function fieldOf<T = string>({ body }: RecordedRequest, name: string): T | undefined {
  return (body as Readonly<Record<string, T>> | undefined)?.[name]
}
