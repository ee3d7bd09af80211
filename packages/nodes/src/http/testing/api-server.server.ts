import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A request as an API got it. */
export interface ApiRequest {
  readonly method: string
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
  /** Resolves when the connection of the request is gone. */
  readonly closed: Promise<unknown>
}

/** Answers one request; what it needs no library for, it may write to the response's socket itself. */
export type ApiScript = (response: ServerResponse, request: ApiRequest) => void

export interface ApiServer extends AsyncDisposable {
  /** Without a slash at its end. */
  readonly url: string
  readonly port: number
  readonly requests: readonly ApiRequest[]
}

/** An API on a real socket whose every byte a test decides. */
export async function startApi(script: ApiScript, host = '127.0.0.1'): Promise<ApiServer> {
  const requests: ApiRequest[] = []
  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = []
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
    incoming.on('end', () => {
      const request: ApiRequest = {
        method: incoming.method ?? '',
        path: incoming.url ?? '',
        headers: incoming.headers,
        body: Buffer.concat(chunks),
        closed: once(response, 'close'),
      }
      requests.push(request)
      script(response, request)
    })
  })
  server.listen(0, host)
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo // a TCP server's address is never a text
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    port,
    requests,
    async [Symbol.asyncDispose]() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

/** A script that answers with this text. */
export function says(
  text: string | Uint8Array,
  { status = 200, ...headers }: Readonly<Record<string, string | number>> = {},
): ApiScript {
  return (response) => {
    response.writeHead(Number(status), headers)
    response.end(text)
  }
}

/** A script that sends these bytes, head and all, and then closes the connection. */
export function sendsRaw(...lines: readonly string[]): ApiScript {
  return (response) => void response.socket?.end(lines.join('\r\n'))
}
