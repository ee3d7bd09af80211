import type { RunEvent, RunEventOf } from './run-event.ts'

/** How the last visit of a node went. */
export interface LastVisit {
  readonly end?: RunEventOf<'node-end'>
  readonly hasFailed?: true
  readonly hasCalled?: true
}

/** What the log of a run says of it as a whole, and of each node that was visited, by id. */
export interface LastVisits {
  readonly start: RunEventOf<'run-start'> | undefined
  readonly visits: ReadonlyMap<string, LastVisit>
}

/** Reads a log up to wherever it ends. A visit that was cancelled neither ended nor failed. */
export function lastVisits(events: Iterable<RunEvent>): LastVisits {
  let start: RunEventOf<'run-start'> | undefined
  const nodes = new Map<number, string>()
  const visits = new Map<string, LastVisit>()
  function put(visit: number, facts: LastVisit): void {
    const nodeId = nodes.get(visit)
    if (nodeId !== undefined) visits.set(nodeId, { ...visits.get(nodeId), ...facts })
  }
  for (const event of events) {
    if (event.type === 'run-start') start = event
    else if (event.type === 'node-start') {
      nodes.set(event.visit, event.nodeId)
      visits.set(event.nodeId, {})
    } else if (event.type === 'node-call') put(event.visit, { hasCalled: true })
    else if (event.type === 'node-end') put(event.visit, { end: event })
    else if (event.type === 'node-error' && event.error.code !== 'cancelled') {
      put(event.visit, { hasFailed: true })
    }
  }
  return { start, visits }
}
