import type { ServerResponse } from 'node:http'
import type { Writable } from 'node:stream'

/** The body of a streamed answer, after its head was sent. */
export interface ChunkedBody {
  /** Sends a piece of text, not empty. */
  write(text: string): void
  end(): void
  /** What it is written to: tells how much waits there, and when it is drained. */
  readonly stream: Pick<Writable, 'writableLength'> & {
    once(event: 'drain', listener: () => void): unknown
  }
}

/**
 * Takes over the framing of a chunked body. Node.js hands the kernel each chunk in four pieces,
 * collected until the next tick; written to the socket as one string it is one cheap system call and
 * no tick, which is half of what a token costs. The bytes on the wire are the same.
 *
 * `chunkedEncoding` is Node's own field, public in its code though not in its documentation: where
 * it is not `true`, as for a client of HTTP/1.0, the response writes as ever. So it does while an
 * earlier answer still has the socket.
 */
export function takeOverChunks(response: ServerResponse): ChunkedBody {
  const framed = response as { chunkedEncoding?: boolean }
  const { socket } = response
  if (framed.chunkedEncoding !== true || socket === null) {
    return {
      write: (text) => response.write(text),
      end: () => response.end(),
      stream: response,
    }
  }
  framed.chunkedEncoding = false
  return {
    write: (text) => socket.write(`${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`),
    end: () => response.end('0\r\n\r\n'),
    stream: socket,
  }
}
