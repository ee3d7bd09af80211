import { createClient, type Client } from '../client.ts'
import type { ClientOptions } from '../request.ts'

/** What a fake server was asked. */
export interface Asked {
  readonly line: string
  readonly headers: Headers
  readonly body: unknown
}

export interface FakeServer {
  readonly asked: readonly Asked[]
  readonly client: Client
}

/** A server made of answers, in order; after the last of them it cannot be reached. */
export function fakeServer(
  answers: readonly (() => Response | Promise<Response>)[],
  options: Partial<ClientOptions> = {},
): FakeServer {
  const asked: Asked[] = []
  const fake: typeof fetch = async (url, init) => {
    init?.signal?.throwIfAborted()
    asked.push({
      line: `${init?.method} ${(url instanceof Request ? url.url : url.toString()).replace('http://server', '')}`,
      headers: new Headers(init?.headers),
      body: typeof init?.body === 'string' ? JSON.parse(init.body) : undefined,
    })
    const answer = answers[asked.length - 1]
    if (answer === undefined) throw new TypeError('refused')
    return untilAborted(init?.signal, answer())
  }
  const client = createClient({ baseUrl: 'http://server/', key: 'k', fetch: fake, ...options })
  return { asked, client }
}

/** How a body ends: as it should, cut in the middle, or never. */
export type BodyEnd = 'ends' | 'breaks' | 'hangs'

/** An event stream that sends its pieces, each in a read of its own. */
export function streamed(pieces: readonly string[], end: BodyEnd = 'ends'): () => Response {
  return () => {
    const rest = [...pieces]
    const body = new ReadableStream<Uint8Array>({
      async pull(controller) {
        const piece = rest.shift()
        if (piece !== undefined) controller.enqueue(new TextEncoder().encode(piece))
        else if (end === 'ends') controller.close()
        else if (end === 'breaks') controller.error(new TypeError('terminated'))
        else await new Promise(() => undefined)
      },
    })
    return new Response(body, {
      headers: { 'content-type': 'text/event-stream', 'x-run-id': 'run-1' },
    })
  }
}

export const value = (seq: number, content: unknown): string =>
  `id: ${seq}\nevent: yield\ndata: ${JSON.stringify(content)}\n\n`

export const end = (seq = 99, result: unknown = null): string =>
  `id: ${seq}\nevent: end\ndata: ${JSON.stringify({ outcome: 'completed', result, usage: null })}\n\n`

export const failure = (code: string, message: string): string =>
  `event: error\ndata: ${JSON.stringify({ error: { code, message, retryable: true } })}\n\n`

/** The answer of a server that refuses. */
export function refusal(
  status: number,
  error: Readonly<Record<string, unknown>>,
  headers: Readonly<Record<string, string>> = {},
): () => Response {
  return () => Response.json({ error }, { status, headers })
}

export async function all<T>(values: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = []
  for await (const one of values) list.push(one)
  return list
}

/** As `fetch` does, gives up what its signal ends. */
function untilAborted<T>(signal: AbortSignal | null | undefined, wait: T | Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>()
  signal?.addEventListener('abort', () => reject(signal.reason as Error))
  return Promise.race([wait, promise])
}
