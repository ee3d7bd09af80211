/** One event of a server-sent event stream. */
export interface ServerSentEvent {
  /** The last id that was sent, with this event or before it; empty for none. */
  readonly id: string
  readonly event: string
  readonly data: string
}

/**
 * Reads the events of a response's body, however its bytes are cut: lines may end in LF, CRLF or CR.
 * Rejects when the connection breaks; an event that was not ended by then is dropped.
 */
export async function* readEvents(
  body: ReadableStream<Uint8Array>,
): AsyncGenerator<ServerSentEvent> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  const parser = new EventParser()
  try {
    while (true) {
      const { done, value } = await reader.read()
      if (done) return
      yield* parser.push(decoder.decode(value, { stream: true }))
    }
  } finally {
    // A reader that stops in the middle lets go of the connection.
    await reader.cancel().catch(() => undefined)
  }
}

/** Turns pieces of text into events. */
export class EventParser {
  #rest = ''
  #id = ''
  #event = ''
  #data: string[] = []

  /** The events that a piece of text completes. */
  push(text: string): readonly ServerSentEvent[] {
    const events: ServerSentEvent[] = []
    const lines = (this.#rest + text).split(/\r\n|\n|\r(?!$)/)
    this.#rest = lines.pop() ?? ''
    for (const line of lines) {
      if (line !== '') {
        this.#take(line)
        continue
      }
      if (this.#data.length > 0) {
        events.push({
          id: this.#id,
          event: this.#event || 'message',
          data: this.#data.join('\n'),
        })
      }
      this.#event = ''
      this.#data = []
    }
    return events
  }

  #take(line: string): void {
    const colon = line.indexOf(':')
    const field = colon === -1 ? line : line.slice(0, colon)
    const value = colon === -1 ? '' : line.slice(colon + 1).replace(/^ /, '')
    if (field === 'data') this.#data.push(value)
    else if (field === 'event') this.#event = value
    else if (field === 'id') this.#id = value
  }
}
