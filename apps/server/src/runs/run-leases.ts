import type { DatabaseSync } from 'node:sqlite'
import type { RunEventOf } from '@millrace/flow'
import { valueOfJson } from '../database/read-json.ts'
import { isUsage } from './is-usage.ts'

/**
 * Who writes which run. A run is the business of the writer that started it, as long as that renews
 * its lease, one for all its runs; afterwards it is ended by whoever finds it, and then its writer
 * adds nothing to its log any more. All of it is called in transactions.
 */
export interface RunLeases {
  /** Says that the writer is there for some more time. Times are epoch milliseconds. */
  renew(now: number): void
  /**
   * Of some runs, ends those that nobody writes: this writer's, which says that it lost them, and
   * those whose writer's lease expired. Each becomes `interrupted`, and its log gets the terminal
   * event that it lacks.
   */
  interrupt(runIds: readonly string[], now: number): readonly InterruptedRun[]
  /** Ends what this writer left running, and gives the lease back. */
  release(now: number): void
}

/** A run that was ended because nobody wrote it any more, and the terminal event that it got. */
export interface InterruptedRun {
  readonly runId: string
  readonly end: RunEventOf<'run-end'>
}

/** So long a writer that says nothing is still taken to be there. */
const leaseMs = 15_000

/** Prepares the statements; the tables exist already. */
export function createRunLeases(database: DatabaseSync, writer: string): RunLeases {
  const putLease = database.prepare(`
    INSERT INTO run_writers (id, expires_at) VALUES (?, ?)
    ON CONFLICT (id) DO UPDATE SET expires_at = excluded.expires_at`)
  const removeExpired = database.prepare('DELETE FROM run_writers WHERE expires_at <= ?')
  const removeLease = database.prepare('DELETE FROM run_writers WHERE id = ?')
  const mine = database.prepare(`SELECT id FROM runs WHERE state = 'running' AND writer = ?`)
  // Compare and set: whoever was first has written the end.
  const interruptOne = database.prepare(`
    UPDATE runs SET state = 'interrupted', ended_at = ?, writer = NULL
    WHERE id = ? AND state = 'running'
      AND (writer IS NULL OR writer = ? OR writer NOT IN (SELECT id FROM run_writers))
    RETURNING usage,
      (SELECT coalesce(max(last_seq), 0) FROM run_events WHERE run_id = runs.id) AS head`)
  const putEnd = database.prepare(
    'INSERT INTO run_events (run_id, first_seq, last_seq, lines) VALUES (?, ?, ?, ?)',
  )

  let renewedAt = Number.NEGATIVE_INFINITY

  function interrupt(runId: string, now: number): readonly InterruptedRun[] {
    const found = interruptOne.get(now, runId, writer)
    if (found === undefined) return []
    const seq = Number(found['head']) + 1
    const stored = valueOfJson(String(found['usage']))
    // What is damaged is not in the way of the end.
    const usage = isUsage(stored) ? stored : null
    const end: InterruptedRun['end'] = {
      seq,
      at: now,
      type: 'run-end',
      outcome: 'interrupted',
      usage,
      lost: true,
    }
    putEnd.run(runId, seq, seq, `${JSON.stringify(end)}\n`)
    return [{ runId, end }]
  }

  return {
    renew(now) {
      if (now < renewedAt + leaseMs / 3) return
      putLease.run(writer, now + leaseMs)
      renewedAt = now
    },
    interrupt(runIds, now) {
      removeExpired.run(now)
      return runIds.flatMap((runId) => interrupt(runId, now))
    },
    release(now) {
      for (const { id } of mine.all(writer)) interrupt(String(id), now)
      removeLease.run(writer)
      renewedAt = Number.NEGATIVE_INFINITY
    },
  }
}
