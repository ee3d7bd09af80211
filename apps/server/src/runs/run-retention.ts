import { setImmediate as nextTurn } from 'node:timers/promises'
import type { DatabaseSync } from 'node:sqlite'
import type { RunRemoval } from './run-removal.ts'

/** How many ended runs are kept: the oldest go, until all of these limits are met. */
export interface Retention {
  /** How many of all flows, those that go on among them. */
  readonly runs: number
  /** Milliseconds since their start. */
  readonly age: number
  /** How large the file of all runs may be. */
  readonly bytes: number
  /** What flows wish for their own runs. */
  readonly flows: readonly FlowRetention[]
}

export interface FlowRetention {
  readonly flowId: string
  readonly runs: number | undefined
  readonly age: number | undefined
}

/**
 * Deletes what is beyond the limits, of what started at `now` or before; in short steps, which wait for
 * the disk together, once. After a power cut in between, the next time deletes the same again.
 */
export type Retain = (retention: Retention, now: number) => Promise<void>

/** So many go at a time where the file is too large, before it is measured again. */
const removedForRoom = 10

export function createRetain(database: DatabaseSync, removal: RunRemoval): Retain {
  const where = (condition: string) => removal.where(condition, 'settled')
  const remove = {
    aged: where('started_at < ?'),
    beyond: where(`
      started_at <= ? AND (started_at, id) <
        (SELECT started_at, id FROM runs ORDER BY started_at DESC, id DESC LIMIT 1 OFFSET ?)`),
    agedOf: where('flow_id = ? AND started_at < ?'),
    beyondOf: where(`
      flow_id = ?1 AND started_at <= ?2 AND (started_at, id) <
        (SELECT started_at, id FROM runs WHERE flow_id = ?1
          ORDER BY started_at DESC, id DESC LIMIT 1 OFFSET ?3)`),
    oldest: where(`
      started_at <= ? AND id IN (SELECT id FROM runs WHERE state <> 'running'
        ORDER BY started_at, id LIMIT ${removedForRoom})`),
  }
  const sizes = database.prepare(
    'SELECT (page_count - freelist_count) * page_size AS bytes FROM pragma_page_count, pragma_freelist_count, pragma_page_size',
  )

  async function retainOfFlow({ flowId, runs, age }: FlowRetention, now: number): Promise<void> {
    if (age !== undefined) await remove.agedOf(flowId, now - age)
    if (runs !== undefined) await remove.beyondOf(flowId, now, runs - 1)
  }

  async function makeRoom(bytes: number, now: number): Promise<void> {
    while (Number(sizes.get()?.['bytes']) > bytes && (await remove.oldest(now)) > 0) {
      while (removal.freeSome()) await nextTurn()
    }
  }

  return async ({ runs, age, bytes, flows }, now) => {
    await remove.aged(now - age)
    await remove.beyond(now, runs - 1)
    for (const flow of flows) await retainOfFlow(flow, now)
    await makeRoom(bytes, now)
    removal.settle()
  }
}
