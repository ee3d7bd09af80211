import { connect, type Socket } from 'node:net'

/** An answer as its bytes came, read to the end of the connection or of its chunks. */
export interface RawAnswer {
  /** The status line and the headers, in small letters. */
  readonly head: readonly string[]
  /** Without the framing of chunks. */
  readonly body: string
}

export interface RawRequest {
  readonly method: string
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  /** Sent as JSON. */
  readonly body?: unknown
  /** Default 1.1. */
  readonly version?: '1.0' | '1.1'
}

/** A connection on which one request after another is written by hand. */
export interface RawConnection {
  /** Sends a request and reads its answer; the connection stays open if both sides keep it. */
  ask(request: RawRequest): Promise<RawAnswer>
  close(): void
}

/** Connects to a server of this machine. */
export function connectRaw(port: number): RawConnection {
  const socket = connect(port, '127.0.0.1')
  const bytes = readBytes(socket)
  return {
    async ask(request) {
      socket.write(requestText(request))
      const head = (await bytes.until('\r\n\r\n')).trimEnd().toLowerCase().split('\r\n')
      const hasBody = request.method !== 'HEAD' && !/ (?:204|304) /.test(head[0] ?? '')
      return { head, body: hasBody ? await readBody(head, bytes) : '' }
    },
    close: () => socket.destroy(),
  }
}

/** Sends one request on a connection of its own. */
export async function askRaw(port: number, request: RawRequest): Promise<RawAnswer> {
  const connection = connectRaw(port)
  try {
    return await connection.ask(request)
  } finally {
    connection.close()
  }
}

function requestText({ method, path, headers, body, version = '1.1' }: RawRequest): string {
  const content = body === undefined ? '' : JSON.stringify(body)
  const lines = {
    host: 'localhost',
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(content)) }),
    ...headers,
  }
  const head = Object.entries(lines).map(([name, value]) => `${name}: ${value}\r\n`)
  return `${method} ${path} HTTP/${version}\r\n${head.join('')}\r\n${content}`
}

async function readBody(head: readonly string[], bytes: Bytes): Promise<string> {
  const length = head.find((line) => line.startsWith('content-length: '))
  if (length !== undefined) return bytes.take(Number(length.split(': ')[1]))
  if (!head.includes('transfer-encoding: chunked')) return bytes.rest()
  let body = ''
  for (;;) {
    const size = Number.parseInt(await bytes.until('\r\n'), 16)
    body += await bytes.take(size)
    await bytes.take(2)
    if (size === 0) return body
  }
}

type Bytes = ReturnType<typeof readBytes>

function readBytes(socket: Socket) {
  const incoming: AsyncIterator<Buffer> = socket[Symbol.asyncIterator]()
  let waiting = Buffer.alloc(0)
  const more = async () => {
    const { done, value } = await incoming.next()
    if (done === true) return false
    waiting = Buffer.concat([waiting, value])
    return true
  }
  const cut = (length: number) => {
    const text = waiting.subarray(0, length).toString()
    waiting = waiting.subarray(length)
    return text
  }
  const needMore = async () => {
    if (!(await more())) throw new Error(`The connection ended after: ${waiting.toString()}`)
  }
  return {
    async until(end: string) {
      while (!waiting.includes(end)) await needMore()
      return cut(waiting.indexOf(end) + end.length)
    },
    async take(length: number) {
      while (waiting.length < length) await needMore()
      return cut(length)
    },
    async rest() {
      while (await more());
      return cut(waiting.length)
    },
  }
}
