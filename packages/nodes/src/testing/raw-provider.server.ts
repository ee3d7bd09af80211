import { once } from 'node:events'
import { createServer, type AddressInfo, type Socket } from 'node:net'

/** What is written to the socket of one request; `number` counts from 1. */
export type RawScript = (socket: Socket, number: number) => void | Promise<void>

export interface RawProvider extends AsyncDisposable {
  /** What a connection calls its base URL. */
  readonly url: string
}

/** A provider below HTTP: every byte of its answers is a test's, and how their connections end. */
export async function startRawProvider(script: RawScript): Promise<RawProvider> {
  const sockets = new Set<Socket>()
  let requests = 0
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    // What the other side does to a connection is what is tested, and seen there.
    socket.on('error', () => undefined)
    onEachRequest(socket, () => {
      requests += 1
      void script(socket, requests)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo // a TCP server's address is never a text
  return {
    url: `http://127.0.0.1:${port}/v1`,
    async [Symbol.asyncDispose]() {
      server.close()
      for (const socket of sockets) socket.destroy()
      await once(server, 'close')
    },
  }
}

/** Calls back when a request has come whole: its head, and as much body as that says. */
function onEachRequest(socket: Socket, onRequest: () => void): void {
  let text = ''
  socket.on('data', (bytes: Buffer) => {
    text += bytes.toString('latin1')
    const headEnd = text.indexOf('\r\n\r\n') + 4
    const length = Number(/^content-length: *(\d+)/im.exec(text)?.[1] ?? 0)
    if (headEnd < 4 || text.length < headEnd + length) return
    text = text.slice(headEnd + length)
    onRequest()
  })
}

/** A piece of an answer on the wire, and how much of it is the body that it carries. */
interface WirePiece {
  readonly before: Uint8Array
  readonly body: Uint8Array
  readonly after: Uint8Array
}

/** The bytes of an answer with this body in so many chunks of HTTP. */
export class WireAnswer {
  readonly #pieces: readonly WirePiece[]
  readonly bytes: Uint8Array
  /** Where the head ends and the body begins. */
  readonly headLength: number

  constructor(chunks: readonly Uint8Array[]) {
    const head = Buffer.from(
      'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\nTransfer-Encoding: chunked\r\n\r\n',
    )
    const nothing = new Uint8Array()
    this.headLength = head.length
    this.#pieces = [
      { before: head, body: nothing, after: nothing },
      ...chunks.map((body) => ({
        before: Buffer.from(`${body.length.toString(16)}\r\n`),
        body,
        after: Buffer.from('\r\n'),
      })),
      { before: Buffer.from('0\r\n\r\n'), body: nothing, after: nothing },
    ]
    const parts = this.#pieces.flatMap(({ before, body, after }) => [before, body, after])
    this.bytes = Buffer.concat(parts)
  }

  /** What of the body is in the first so many bytes on the wire. */
  bodyBefore(offset: number): Uint8Array {
    let at = 0
    const bodies = this.#pieces.map(({ before, body, after }) => {
      const start = at + before.length
      at = start + body.length + after.length
      return body.subarray(0, Math.max(0, offset - start))
    })
    return Buffer.concat(bodies)
  }
}

/** Writes these bytes and, when the other side has them, resets the connection. */
export async function resetAfter(socket: Socket, bytes: Uint8Array): Promise<void> {
  await write(socket, bytes)
  socket.resetAndDestroy()
}

/** Resolves when the system has taken the bytes. */
export async function write(socket: Socket, bytes: Uint8Array): Promise<void> {
  if (bytes.length > 0) await new Promise<void>((resolve) => socket.write(bytes, () => resolve()))
}
