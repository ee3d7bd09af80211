import { brotliDecompressSync, constants, gunzipSync, inflateSync } from 'node:zlib'

/** What became of a body that was packed on its way. */
export type Unpacked =
  | { readonly status: 'unpacked'; readonly bytes: Uint8Array }
  /** It is of no use to whoever unpacks it; these bytes fail in the same way, and say nothing. */
  | { readonly status: 'broken'; readonly bytes: Uint8Array }
  | { readonly status: 'too large' }

interface PackedBody {
  readonly bytes: Uint8Array
  /** The value of the header `content-encoding`. */
  readonly encoding: string
  /** Whether the connection broke off in it, so that its beginning is all there is. */
  readonly isCut: boolean
  /** At most so many bytes, unpacked. */
  readonly maxBytes: number
}

/** Unpacks the body of an answer, so that what is in it can be looked through, and read by people. */
export function unpack({ bytes, encoding, isCut, maxBytes }: PackedBody): Unpacked {
  const names = encoding
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && name !== 'identity')
  let unpacked = bytes
  try {
    for (const name of names.toReversed())
      unpacked = unpackOnce(unpacked, { name, isCut, maxBytes })
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'ERR_BUFFER_TOO_LARGE') return { status: 'too large' }
    return { status: 'broken', bytes: code === 'Z_BUF_ERROR' ? cutGzip : noPackedBody }
  }
  return { status: 'unpacked', bytes: unpacked }
}

/** The head of a gzip body that ends there. */
const cutGzip = Uint8Array.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3])
const noPackedBody = Buffer.from('[a body that cannot be unpacked]')

function unpackOnce(
  bytes: Uint8Array,
  { name, isCut, maxBytes }: { name: string; isCut: boolean; maxBytes: number },
): Uint8Array {
  const maxOutputLength = maxBytes
  const finishFlush = isCut ? constants.Z_SYNC_FLUSH : constants.Z_FINISH
  switch (name) {
    case 'gzip':
    case 'x-gzip':
      return gunzipSync(bytes, { maxOutputLength, finishFlush })
    case 'deflate':
      return inflateSync(bytes, { maxOutputLength, finishFlush })
    case 'br': {
      const { BROTLI_OPERATION_FLUSH, BROTLI_OPERATION_FINISH } = constants
      return brotliDecompressSync(bytes, {
        maxOutputLength,
        finishFlush: isCut ? BROTLI_OPERATION_FLUSH : BROTLI_OPERATION_FINISH,
      })
    }
    default:
      throw new Error(`There is no unpacking "${name}".`)
  }
}
