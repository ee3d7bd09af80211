import type { DatabaseSync } from 'node:sqlite'
import type { RunEventOf } from '@millrace/flow'
import type { RunBatch } from './run-batch.ts'

/** How many runs are kept, and for how long; the oldest ended ones go first. */
export interface Retention {
  readonly maxRuns: number
  readonly maxAgeMs: number
}

/** The writing side of `runs.db`, in plain SQL, since it runs in a worker that must stay small. */
export interface RunTables {
  /** Stores a batch in one transaction. */
  store(batch: Omit<RunBatch, 'number'>): void
  /**
   * Ends what a process that is gone left running: such a run becomes `interrupted`, and its log
   * gets the terminal event that it lacks. Answers how many there were.
   */
  settleOrphans(now: number): number
  /** Deletes ended runs beyond the retention. */
  removeOld(retention: Retention, now: number): void
}

/** Prepares the statements; the tables exist already. */
export function createRunTables(database: DatabaseSync): RunTables {
  // A terminal state is written once: a run that ended is not changed any more.
  const putRecord = database.prepare(`
    INSERT INTO runs (id, flow_id, state, started_at, ended_at, usage, result, error)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET
      state = excluded.state, ended_at = excluded.ended_at, usage = excluded.usage,
      result = excluded.result, error = excluded.error
    WHERE runs.state = 'running'`)
  const putChunk = database.prepare(
    'INSERT INTO run_events (run_id, first_seq, last_seq, lines) VALUES (?, ?, ?, ?)',
  )
  const orphans = database.prepare(`
    SELECT id, coalesce((SELECT max(last_seq) FROM run_events WHERE run_id = id), 0) AS head
    FROM runs WHERE state = 'running'`)
  const interrupt = database.prepare(
    `UPDATE runs SET state = 'interrupted', ended_at = ? WHERE id = ? AND state = 'running'`,
  )
  const removeOldEvents = database.prepare(
    'DELETE FROM run_events WHERE run_id NOT IN (SELECT id FROM runs)',
  )
  const removeAged = database.prepare(
    `DELETE FROM runs WHERE state <> 'running' AND started_at < ?`,
  )
  const removeBeyond = database.prepare(`
    DELETE FROM runs WHERE state <> 'running' AND id NOT IN
      (SELECT id FROM runs ORDER BY started_at DESC LIMIT ?)`)

  function inTransaction(write: () => void): void {
    database.exec('BEGIN IMMEDIATE')
    try {
      write()
      database.exec('COMMIT')
    } catch (error) {
      database.exec('ROLLBACK')
      throw error
    }
  }

  return {
    store({ records, chunks, isSynced }) {
      if (isSynced) database.exec('PRAGMA synchronous = FULL')
      try {
        inTransaction(() => {
          for (const record of records) putRecord.run(...record)
          for (const { runId, firstSeq, lastSeq, lines } of chunks) {
            putChunk.run(runId, firstSeq, lastSeq, lines)
          }
        })
      } finally {
        if (isSynced) database.exec('PRAGMA synchronous = NORMAL')
      }
    },

    settleOrphans(now) {
      const found = orphans.all()
      inTransaction(() => {
        for (const { id, head } of found) {
          const seq = Number(head) + 1
          putChunk.run(String(id), seq, seq, `${JSON.stringify(lostEnd(seq, now))}\n`)
          interrupt.run(now, String(id))
        }
      })
      return found.length
    },

    removeOld: ({ maxRuns, maxAgeMs }, now) =>
      inTransaction(() => {
        const aged = removeAged.run(now - maxAgeMs)
        const beyond = removeBeyond.run(maxRuns)
        if (Number(aged.changes) + Number(beyond.changes) > 0) removeOldEvents.run()
      }),
  }
}

/** The terminal event of a run whose own was lost with its process. */
export function lostEnd(seq: number, at: number): RunEventOf<'run-end'> {
  return { seq, at, type: 'run-end', outcome: 'interrupted', usage: null, lost: true }
}
