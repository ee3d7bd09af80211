import { countAt } from './time-line.ts'
import type { ReplaySpeed } from './replay-store.ts'

/** Where a replay is between two events while it is played. */
export interface Playhead {
  /** How many events have come by now, in milliseconds of any clock; `undefined`: as many as before. */
  move(now: number): number | undefined
}

interface PlayheadOptions {
  /** How many events have come where it begins. */
  readonly count: number
  readonly speed: ReplaySpeed
  /** When each event came, in milliseconds after the first; asked anew, since a run may go on. */
  readonly times: () => readonly number[]
  /** It moves once in so many milliseconds only. */
  readonly everyMs?: number
}

export function createPlayhead({ speed, times, everyMs = 0, ...start }: PlayheadOptions): Playhead {
  let { count } = start
  let moment = times()[count - 1] ?? 0
  let last: number | undefined
  return {
    move(now) {
      last ??= now
      if (now - last < everyMs) return undefined
      moment += (now - last) * speed
      last = now
      const reached = countAt(times(), moment)
      if (reached === count) return undefined
      count = reached
      return count
    },
  }
}
