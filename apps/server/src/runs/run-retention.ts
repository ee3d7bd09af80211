import type { RunRemoval } from './run-removal.ts'

/** How long ended runs are kept: until the first of these limits is met, the oldest go. */
export interface Retention {
  /** How many of all flows. */
  readonly runs: number
  /** Milliseconds since their start. */
  readonly age: number
}

/** Deletes what is beyond the limits, of what started at `now` or before; in short steps. */
export type Retain = (retention: Retention, now: number) => Promise<void>

export function createRetain(removal: RunRemoval): Retain {
  const removeAged = removal.where('started_at < ?')
  const removeBeyond = removal.where(`
    started_at <= ? AND (started_at, id) <
      (SELECT started_at, id FROM runs ORDER BY started_at DESC, id DESC LIMIT 1 OFFSET ?)`)
  return async ({ runs, age }, now) => {
    await removeAged(now - age)
    await removeBeyond(now, runs - 1)
  }
}
