import { isRecord, type RunEvent } from '@millrace/flow'

/**
 * One event in a log; the JSON of its value is made once and shared by every frame and the store.
 */
export class LogEntry {
  readonly event: RunEvent
  /** The yielded value as JSON; for `run-yield` only. */
  readonly valueJson: string | undefined
  #json: string | undefined

  constructor(
    event: RunEvent,
    known: { readonly json?: string; readonly valueJson?: string } = {},
  ) {
    this.event = event
    this.valueJson = known.valueJson
    this.#json = known.json
  }

  get seq(): number {
    return this.event.seq
  }

  /** The whole event as one line of JSON. */
  get json(): string {
    if (this.#json !== undefined) return this.#json
    const { event, valueJson } = this
    if (event.type === 'run-yield' && valueJson !== undefined) {
      // Quickly put together again, and there are too many of them to keep it twice.
      const { seq, at, visit } = event
      return `{"seq":${seq},"at":${at},"type":"run-yield","visit":${visit},"value":${valueJson}}`
    }
    this.#json = write(event)
    return this.#json
  }
}

function write(event: RunEvent): string {
  try {
    return JSON.stringify(event)
  } catch {
    return JSON.stringify(writable(event, 2))
  }
}

/**
 * What a node put into an event may be anything, and must not cost its run the rest of the log: what
 * no JSON can be made of is left out, down to so many levels.
 */
function writable(value: unknown, levels: number): unknown {
  try {
    JSON.stringify(value)
    return value
  } catch {
    if (levels === 0 || !isRecord(value)) return unwritable
  }
  try {
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, writable(inner, levels - 1)]),
    )
  } catch {
    return unwritable
  }
}

const unwritable = '(a value that cannot be written as JSON)'

/** Reads a stored line back. */
export function parseLogEntry(json: string): LogEntry {
  const event = JSON.parse(json) as RunEvent // written by `LogEntry.json`, from a typed event
  return event.type === 'run-yield'
    ? new LogEntry(event, { json, valueJson: JSON.stringify(event.value) })
    : new LogEntry(event, { json })
}
