import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A model server for tests, which answers as it is told. */
export interface FakeModel {
  /** Up to and including the version. */
  readonly url: string
  /** How the next requests are answered. */
  answerWith(listener: RequestListener): void
  close(): Promise<void>
}

/** Starts a model server on a free port; it streams "Hello" until it is told otherwise. */
export async function startFakeModel(): Promise<FakeModel> {
  let answer: RequestListener = streamOf(['Hel', 'lo'])
  const server = createServer((request, response) => {
    request.resume()
    request.on('end', () => answer(request, response))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo // a TCP server's address is never a text
  return {
    url: `http://127.0.0.1:${port}/v1`,
    answerWith: (listener) => {
      answer = listener
    },
    async close() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

/** Answers with a whole stream of these contents. */
export function streamOf(contents: readonly string[]): RequestListener {
  return (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    for (const content of contents) response.write(chunk({ delta: { content } }))
    response.end(`${chunk({ delta: {}, finish_reason: 'stop' })}data: [DONE]\n\n`)
  }
}

/** Answers with an error in OpenAI's shape. */
export function errorOf(status: number, error: Readonly<Record<string, unknown>>): RequestListener {
  return (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json', 'x-should-retry': 'false' })
    response.end(JSON.stringify({ error }))
  }
}

/** One chunk of a completion, as a server-sent event. */
export function chunk(choice: Readonly<Record<string, unknown>>): string {
  const body = {
    id: 'c1',
    object: 'chat.completion.chunk',
    created: 1,
    model: 'fake-1',
    choices: [{ index: 0, ...choice }],
  }
  return `data: ${JSON.stringify(body)}\n\n`
}
