import type { RunEvent } from '@millrace/flow'

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
      return JSON.stringify(this.event)
    }
    const { seq, at, visit } = this.event
    return `{"seq":${seq},"at":${at},"type":"run-yield","visit":${visit},"value":${this.valueJson}}`
  }
}

/** Reads a stored line back. */
export function parseLogEntry(json: string): LogEntry {
  const event = JSON.parse(json) as RunEvent // written by `LogEntry.json`, from a typed event
  return event.type === 'run-yield'
    ? new LogEntry(event, { json, valueJson: JSON.stringify(event.value) })
    : new LogEntry(event, { json })
}
