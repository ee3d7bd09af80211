import type { RunEvent } from '@millrace/flow'
import { failuresIn, type Failure } from '../run/failures-in.ts'

/** Something to be seen on the time line, at its place in milliseconds of the line. */
export interface Mark {
  readonly at: number
  readonly kind: 'failed' | 'caught' | 'yield' | 'start'
}

/** A stretch in which nothing happened, drawn shorter than it was. */
export interface Wait {
  readonly from: number
  readonly to: number
  /** How long it took. */
  readonly realMs: number
}

/** When each event of a log came, in milliseconds after the first: by the clock, and on the time line. */
export interface TimeLine {
  readonly real: readonly number[]
  /** The same with long waits shortened, so that what happened between them has room. */
  readonly squeezed: readonly number[]
  readonly waits: readonly Wait[]
  /** How long the line is. */
  readonly lengthMs: number
}

/** A wait is drawn, and played fast, as if it had taken no longer. */
export const longestWaitMs = 1_000

/** Lays the events of a log out along a line. */
export function timeLineOf(events: readonly RunEvent[]): TimeLine {
  const start = events[0]?.at ?? 0
  const real: number[] = []
  const squeezed: number[] = []
  const waits: Wait[] = []
  let before = start
  let place = 0
  for (const { at } of events) {
    // Clocks may be set back while a run goes on; a line only goes forward.
    const gap = Math.max(0, at - before)
    const drawn = Math.min(gap, longestWaitMs)
    if (gap > longestWaitMs) waits.push({ from: place, to: place + drawn, realMs: gap })
    before += gap
    place += drawn
    real.push(before - start)
    squeezed.push(place)
  }
  return { real, squeezed, waits, lengthMs: place }
}

const kinds = ['start', 'yield', 'caught', 'failed'] as const

/** The marks of a log, at most one of a kind in each of so many places: more could not be told apart. */
export function marksOf(
  events: readonly RunEvent[],
  { squeezed, lengthMs }: TimeLine,
  places = 200,
): readonly Mark[] {
  const failures = failuresIn(events)
  const marks = new Map<string, Mark>()
  for (const [index, event] of events.entries()) {
    const kind = markOf(event, failures.get(event.seq))
    if (kind === undefined) continue
    const at = squeezed[index] ?? 0
    const place = lengthMs === 0 ? 0 : Math.floor((at / lengthMs) * places)
    const key = `${kind} ${place}`
    if (!marks.has(key)) marks.set(key, { at, kind })
  }
  // What matters more is drawn over the rest.
  return [...marks.values()].toSorted(
    (left, right) => kinds.indexOf(left.kind) - kinds.indexOf(right.kind),
  )
}

/** A stop from outside is no mark: the end of the line says it. */
function markOf({ type }: RunEvent, failure: Failure | undefined): Mark['kind'] | undefined {
  if (failure === 'failed' || failure === 'caught') return failure
  if (type === 'node-start') return 'start'
  return type === 'run-yield' ? 'yield' : undefined
}

/** How many events have come at a moment, by one of the two times of a line. */
export function countAt(times: readonly number[], moment: number): number {
  let low = 0
  let high = times.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((times[middle] ?? 0) <= moment) low = middle + 1
    else high = middle
  }
  return low
}
