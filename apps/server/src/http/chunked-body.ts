import type { ServerResponse } from 'node:http'

/** The body of a streamed answer, after its head was sent. */
export interface ChunkedBody {
  /** Sends a piece of text, not empty; `false` when the socket wants no more until `drain`. */
  write(text: string): boolean
  end(): void
}

/**
 * Takes over the framing of a chunked body. Node.js hands the kernel each chunk in four pieces,
 * collected until the next tick; written as one string it is one cheap system call, which is half of
 * what a token costs. The bytes on the wire are the same.
 *
 * `chunkedEncoding` is Node's own field, public in its code though not in its documentation: where
 * it is not `true`, as for a client of HTTP/1.0, the response writes as ever.
 */
export function takeOverChunks(response: ServerResponse): ChunkedBody {
  const framed = response as { chunkedEncoding?: boolean }
  if (framed.chunkedEncoding !== true) {
    return { write: (text) => response.write(text), end: () => response.end() }
  }
  framed.chunkedEncoding = false
  return {
    write: (text) => response.write(`${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`),
    end: () => response.end('0\r\n\r\n'),
  }
}
