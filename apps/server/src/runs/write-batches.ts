import type { LogEntry } from '@millrace/engine'

/**
 * A socket in which so much waits is full. A page of the log fits in, so that none is read twice; in
 * characters that take three bytes each, it still is less than a mebibyte.
 */
export const fullLength = 256 * 1024
/** About so many characters go to a socket in one write. */
const batchCharacters = 64 * 1024

/** How entries become what one socket sends. */
export interface Batches {
  /** The text of an entry; empty when the reader does not see it. */
  readonly encode: (entry: LogEntry) => string
  readonly separator: string
  /** Takes the text of several entries. */
  readonly send: (text: string) => void
  /** Whether the socket wants no more for now. */
  readonly isFull: () => boolean
}

/**
 * Writes entries until the socket is full, as few times as may be; answers how many it wrote. So no
 * append, however large, makes more wait in a socket than it holds anyway, one entry excepted.
 */
export function writeBatches(entries: readonly LogEntry[], batches: Batches): number {
  const { encode, separator, send, isFull } = batches
  let text = ''
  let taken = 0
  for (const entry of entries) {
    if (text === '' && isFull()) return taken
    const piece = encode(entry)
    if (piece !== '') text += text === '' ? piece : separator + piece
    taken += 1
    if (text.length < batchCharacters) continue
    send(text)
    text = ''
  }
  if (text !== '') send(text)
  return taken
}
