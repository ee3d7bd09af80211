import { FlowError } from '@millrace/flow'
import { RowCheck } from './row-check.ts'

/** No message of a server may be longer, in bytes: a row that a node may keep has half of that. */
const longest = 16 * 1024 * 1024
const headerBytes = 5
const dataRow = 0x44
const errorResponse = 0x45
const noticeResponse = 0x4e

/**
 * Looks at what a server sends before the driver reads it, which takes its lengths and ends on trust:
 * it would gather gigabytes for a message that says it is so long, and read for ever in an error that
 * has no end.
 */
export class MessageCheck {
  /** A kind and a length, as far as they have come. */
  readonly #header = Buffer.alloc(headerBytes)
  #headerLength = 0
  /** What is to come of the message after its header. */
  #remaining = 0
  /** The last two bytes of its body. */
  #end: readonly number[] = []
  /** Of a message that is a row. */
  #row: RowCheck | undefined

  /** Throws for what must not be read on. */
  take(chunk: Buffer): void {
    let position = 0
    while (position < chunk.length) {
      position +=
        this.#headerLength < headerBytes
          ? this.#takeHeader(chunk, position)
          : this.#takeBody(chunk, position)
      if (this.#headerLength === headerBytes && this.#remaining === 0) this.#finish()
    }
  }

  #takeHeader(chunk: Buffer, start: number): number {
    const taken = chunk.copy(
      this.#header,
      this.#headerLength,
      start,
      start + headerBytes - this.#headerLength,
    )
    this.#headerLength += taken
    if (this.#headerLength < headerBytes) return taken
    const length = this.#header.readUInt32BE(1)
    if (length < 4) throw new Error('The server sent a message without a length.')
    if (length > longest) throw tooLong(this.#header[0])
    this.#remaining = length - 4
    this.#end = []
    this.#row = this.#header[0] === dataRow ? new RowCheck() : undefined
    return taken
  }

  #takeBody(chunk: Buffer, start: number): number {
    const taken = Math.min(this.#remaining, chunk.length - start)
    this.#remaining -= taken
    const end = start + taken
    if (this.#row !== undefined) {
      this.#row.take(chunk, start, end)
      return taken
    }
    this.#end = [...this.#end, ...chunk.subarray(Math.max(start, end - 2), end)].slice(-2)
    return taken
  }

  #finish(): void {
    this.#headerLength = 0
    const [kind] = this.#header
    if (this.#row?.isWhole === false) {
      throw new Error('The server sent a row that does not end with its last field.')
    }
    if (kind !== errorResponse && kind !== noticeResponse) return
    // A zero ends each of its fields, and another one all of them.
    const isEnded = this.#end.length > 0 && this.#end.every((byte) => byte === 0)
    if (!isEnded) throw new Error('The server sent an error without an end.')
  }
}

function tooLong(kind: number | undefined): Error {
  return kind === dataRow
    ? new FlowError(
        'limit_exceeded',
        `The result has a row of more than ${longest / 1024 / 1024} MiB. Read less: choose fewer columns, or a part of a long value.`,
        { details: { limit: 'bytes', max: longest } },
      )
    : new Error('The server sent a message that is longer than any may be.')
}
