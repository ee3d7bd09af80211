import { FlowError } from '@millrace/flow'

/** Takes the data of one event: the part of `text` from `start` to `end`. */
export type TakeData = (text: string, start: number, end: number) => void

/** At most this many characters in one event of a provider. */
export const maxEventLength = 1024 * 1024

/**
 * Decodes the bytes of a server-sent event stream into the data of its events, however they are cut.
 * Made for the hot path: the data is a part of the read's own text, so nothing is copied before it is
 * known what the event is. Lines may end in LF, CRLF or CR; comments and other fields are skipped.
 *
 * `push` throws `limit_exceeded` for an event that is too long.
 */
export class SseDecoder {
  readonly #source: string
  readonly #takeData: TakeData
  readonly #utf8 = new TextDecoder('utf-8', { ignoreBOM: true })
  #isAtStart = true
  /** The last read ended in CR: an LF that follows belongs to it. */
  #endedInCr = false
  /** The beginning of a line whose end has not come yet, in the pieces in which it came. */
  #line: string[] = []
  /** The data lines of an event whose end has not come yet. */
  #data: string[] = []
  #held = 0

  /** `source` is the name of the connection, for errors. */
  constructor(source: string, takeData: TakeData) {
    this.#source = source
    this.#takeData = takeData
  }

  push(bytes: Uint8Array): void {
    this.#read(this.#utf8.decode(bytes, { stream: true }))
  }

  /** The stream is over: gives out what came of an event that was not ended. */
  finish(): void {
    this.#read(`${this.#utf8.decode()}\n\n`)
  }

  #read(decoded: string): void {
    let text = decoded
    if (text === '') return
    if (this.#isAtStart) {
      this.#isAtStart = false
      if (text.startsWith('\uFEFF')) text = text.slice(1)
    }
    if (this.#endedInCr || text.includes('\r')) text = this.#withLineFeeds(text)
    if (!text.includes('\n')) {
      this.#hold(this.#line, text)
      return
    }
    if (this.#line.length > 0) {
      const line = this.#line.join('')
      this.#line = []
      this.#held -= line.length
      text = line + text
    }
    this.#readLines(text)
  }

  #withLineFeeds(text: string): string {
    const rest = this.#endedInCr && text.startsWith('\n') ? text.slice(1) : text
    this.#endedInCr = rest === '' ? false : rest.endsWith('\r')
    return rest.replaceAll(/\r\n?/g, '\n')
  }

  #readLines(text: string): void {
    let start = 0
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', start)) {
      if (end === start) this.#endEvent()
      else if (text.startsWith('data:', start)) {
        const value = start + (text.charCodeAt(start + 5) === space ? 6 : 5)
        if (this.#data.length === 0 && text.charCodeAt(end + 1) === lineFeed) {
          // The common case: an event of one line, which is whole in this read.
          this.#takeData(text, value, end)
          end += 1
        } else this.#hold(this.#data, text.slice(value, end))
      } else if (end - start === 4 && text.startsWith('data', start)) this.#hold(this.#data, '')
      start = end + 1
    }
    if (start < text.length) this.#hold(this.#line, text.slice(start))
  }

  #endEvent(): void {
    if (this.#data.length === 0) return
    const data = this.#data.join('\n')
    this.#data = []
    this.#held = 0
    this.#takeData(data, 0, data.length)
  }

  #hold(parts: string[], text: string): void {
    this.#held += text.length
    if (this.#held > maxEventLength) {
      throw new FlowError(
        'limit_exceeded',
        `"${this.#source}" sent an event of more than ${maxEventLength} characters. Check what answers at the base URL of the connection.`,
        { property: 'connection', details: { limit: 'upstreamEvent', max: maxEventLength } },
      )
    }
    parts.push(text)
  }
}

const lineFeed = 10
const space = 32
