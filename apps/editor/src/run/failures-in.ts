import { visitsOf, type RunEvent } from '@millrace/flow'

/** What a failure came to: it ended what it was in, was caught around it, or was a stop from outside. */
export type Failure = 'failed' | 'caught' | 'cancelled'

/** The events of a log that tell of a failure, by their numbers. */
export function failuresIn(events: readonly RunEvent[]): ReadonlyMap<number, Failure> {
  const caught = caughtVisits(events)
  const failures = new Map<number, Failure>()
  for (const event of events) {
    const failure = failureOf(event, caught)
    if (failure !== undefined) failures.set(event.seq, failure)
  }
  return failures
}

/** Most runs fail nowhere, and their visits need not be read. */
function caughtVisits(events: readonly RunEvent[]): ReadonlySet<number> {
  if (!events.some(({ type }) => type === 'node-error')) return new Set()
  const visits = [...visitsOf(events).all.values()]
  return new Set(visits.flatMap(({ visit, status }) => (status === 'caught' ? [visit] : [])))
}

function failureOf(event: RunEvent, caught: ReadonlySet<number>): Failure | undefined {
  if (event.type === 'run-end') return event.error === undefined ? undefined : 'failed'
  if (event.type !== 'node-error') return undefined
  if (event.error.code === 'cancelled') return 'cancelled'
  return caught.has(event.visit) ? 'caught' : 'failed'
}
