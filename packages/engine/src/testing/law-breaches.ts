import type { RunEvent } from '@millrace/flow'

/**
 * What breaks the law of a log at trace `full`: numbers without gaps, one start and one end, visits
 * that all end, inside of those that they are part of, and nothing that a visit says outside of it.
 */
export function lawBreaches(events: readonly RunEvent[]): readonly string[] {
  const reader = new LawReader()
  events.forEach((event, index) => reader.read(event, index))
  return reader.breaches(events)
}

class LawReader {
  readonly #breaches: string[] = []
  /** The visits that have not ended, each with the one that it is part of. */
  readonly #open = new Map<number, number | undefined>()
  readonly #seen = new Set<number>()

  read(event: RunEvent, index: number): void {
    const { seq, type } = event
    if (seq !== index + 1) this.#breaches.push(`${seq} stands at ${index + 1}`)
    switch (type) {
      case 'node-start':
        if (this.#seen.has(event.visit)) this.#breaches.push(`${seq} starts ${event.visit} again`)
        if (event.parent !== undefined) this.#mustBeOpen(seq, event.parent)
        this.#seen.add(event.visit)
        this.#open.set(event.visit, event.parent)
        return
      case 'node-end':
      case 'node-error':
        this.#mustBeOpen(seq, event.visit)
        this.#open.delete(event.visit)
        if ([...this.#open.values()].includes(event.visit)) {
          this.#breaches.push(`${seq} ends ${event.visit} before what is in it`)
        }
        return
      case 'run-start':
      case 'run-end':
        return
      default:
        if (event.visit !== undefined) this.#mustBeOpen(seq, event.visit)
    }
  }

  breaches(events: readonly RunEvent[]): readonly string[] {
    const starts = events.filter(({ type }) => type === 'run-start')
    const ends = events.filter(({ type }) => type === 'run-end')
    return [
      ...this.#breaches,
      ...[...this.#open.keys()].map((visit) => `${visit} never ends`),
      ...(starts.length === 1 && events[0] === starts[0] ? [] : ['run-start is not the first']),
      ...(ends.length === 1 && events.at(-1) === ends[0] ? [] : ['run-end is not the last']),
    ]
  }

  #mustBeOpen(seq: number, visit: number): void {
    if (!this.#open.has(visit)) this.#breaches.push(`${seq} is of ${visit}, which is not open`)
  }
}
