import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A request that a scripted provider got. */
interface ProviderRequest {
  readonly method: string
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: Readonly<Record<string, unknown>>
  /** Resolves when the connection of the request is gone. */
  readonly closed: Promise<unknown>
}

/** Answers one request; `number` counts from 1. */
export type ProviderScript = (
  response: ServerResponse,
  request: ProviderRequest,
  number: number,
) => void | Promise<void>

export interface ScriptedProvider extends AsyncDisposable {
  /** What a connection calls its base URL. */
  readonly url: string
  readonly requests: readonly ProviderRequest[]
}

/** A provider on a real socket whose every byte a test decides. */
export async function startProvider(script: ProviderScript): Promise<ScriptedProvider> {
  const requests: ProviderRequest[] = []
  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = []
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
    incoming.on('end', () => {
      const text = Buffer.concat(chunks).toString()
      const request: ProviderRequest = {
        method: incoming.method ?? '',
        path: incoming.url ?? '',
        headers: incoming.headers,
        body: readBody(text, incoming.headers['content-type'] ?? ''),
        closed: once(response, 'close'),
      }
      requests.push(request)
      void script(response, request, requests.length)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo // a TCP server's address is never a text
  return {
    url: `http://127.0.0.1:${port}/v1`,
    requests,
    async [Symbol.asyncDispose]() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

function readBody(text: string, contentType: string): Readonly<Record<string, unknown>> {
  if (contentType.includes('form')) return Object.fromEntries(new URLSearchParams(text))
  return (text === '' ? {} : JSON.parse(text)) as Readonly<Record<string, unknown>> // an SDK's
}

/** A script that streams these bytes, each piece in a write of its own, and ends. */
export function streams(...pieces: readonly (string | Uint8Array)[]): ProviderScript {
  return async (response) => {
    await writeAll(response, pieces)
    response.end()
  }
}

/** A script that streams these bytes and then breaks the connection. */
export function breaksAfter(...pieces: readonly (string | Uint8Array)[]): ProviderScript {
  return async (response) => {
    await writeAll(response, pieces)
    response.socket?.destroy()
  }
}

/** A script that streams these bytes and then holds the connection open. */
export function holdsAfter(...pieces: readonly (string | Uint8Array)[]): ProviderScript {
  return async (response) => await writeAll(response, pieces)
}

/** A script that answers with this value as JSON, in one piece. */
export function answers(value: unknown): ProviderScript {
  return (response) => {
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(JSON.stringify(value))
  }
}

/** A script that refuses in OpenAI's shape. */
export function refuses(
  status: number,
  error: Readonly<Record<string, unknown>>,
  headers: Readonly<Record<string, string>> = {},
): ProviderScript {
  return (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers })
    response.end(JSON.stringify({ error }))
  }
}

async function writeAll(
  response: ServerResponse,
  pieces: readonly (string | Uint8Array)[],
): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' })
  response.flushHeaders()
  for (const piece of pieces) {
    if (piece.length > 0) await new Promise((resolve) => response.write(piece, resolve))
  }
}
