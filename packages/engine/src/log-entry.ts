import { isRecord, type RunEvent } from '@millrace/flow'

/**
 * One event in a log, with its JSON made at most once and shared by every frame and the store.
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
    this.#json ??= this.#write()
    return this.#json
  }

  #write(): string {
    if (this.event.type !== 'run-yield' || this.valueJson === undefined) {
      try {
        return JSON.stringify(this.event)
      } catch {
        return JSON.stringify(writable(this.event, 2))
      }
    }
    const { seq, at, visit } = this.event
    return `{"seq":${seq},"at":${at},"type":"run-yield","visit":${visit},"value":${this.valueJson}}`
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
