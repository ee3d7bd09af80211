/** One event of a server-sent event stream. */
export interface ServerSentEvent {
  /** The last id that was sent, with this event or before it; empty for none. */
  readonly id: string
  readonly event: string
  readonly data: string
}

/**
 * Reads the events of a response's body, those of one read together, however its bytes are cut. A
 * read that completes none gives an empty list: the connection is alive. Rejects when it breaks, or
 * when nothing at all comes for so long; an event that was not ended by then is dropped.
 */
export async function* readEvents(
  body: ReadableStream<Uint8Array>,
  silenceMs: number,
): AsyncGenerator<readonly ServerSentEvent[]> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  const parser = new EventParser()
  try {
    while (true) {
      const { done, value } = await within(silenceMs, reader.read())
      if (done) return
      yield parser.push(decoder.decode(value, { stream: true }))
    }
  } finally {
    // A reader that stops in the middle lets go of the connection.
    await reader.cancel().catch(() => undefined)
  }
}

function within<T>(ms: number, wait: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`Nothing came for ${ms} ms.`)), ms)
    void wait.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}

/**
 * Turns pieces of text into events. Lines may end in LF, CRLF or CR; comments, `retry` and fields
 * that are not known say nothing to us.
 */
export class EventParser {
  /** The beginning of a line whose end did not come yet. */
  #rest = ''
  /** The last piece ended in CR: an LF at the start of the next belongs to it. */
  #isAfterReturn = false
  #id = ''
  #event = ''
  #data: string[] = []

  /** The events that a piece of text completes. */
  push(text: string): readonly ServerSentEvent[] {
    if (text === '') return []
    const events: ServerSentEvent[] = []
    const lineEnd = /\r\n|\n|\r/g
    let start = this.#isAfterReturn && text.startsWith('\n') ? 1 : 0
    lineEnd.lastIndex = start
    for (let end = lineEnd.exec(text); end !== null; end = lineEnd.exec(text)) {
      const line = this.#rest + text.slice(start, end.index)
      this.#rest = ''
      start = lineEnd.lastIndex
      if (line !== '') this.#takeField(line)
      else if (this.#data.length > 0) events.push(this.#takeEvent())
      else this.#event = ''
    }
    this.#rest += text.slice(start)
    this.#isAfterReturn = text.endsWith('\r')
    return events
  }

  #takeEvent(): ServerSentEvent {
    const event = { id: this.#id, event: this.#event || 'message', data: this.#data.join('\n') }
    this.#event = ''
    this.#data = []
    return event
  }

  #takeField(line: string): void {
    const colon = line.indexOf(':')
    const field = colon === -1 ? line : line.slice(0, colon)
    const value = colon === -1 ? '' : line.slice(colon + 1).replace(/^ /, '')
    if (field === 'data') this.#data.push(value)
    else if (field === 'event') this.#event = value
    else if (field === 'id' && !value.includes('\0')) this.#id = value
  }
}
