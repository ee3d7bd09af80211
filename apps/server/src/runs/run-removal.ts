import type { DatabaseSync } from 'node:sqlite'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { canShrink } from '../database/let-shrink.ts'
import { inTransaction } from './in-transaction.ts'
import { onDisk } from './on-disk.ts'

/**
 * Deletes ended runs, in steps that are short, so that no batch waits long for its turn. With a run
 * go those that it called, since they hold what it handed to them. A run that is deleted is gone at
 * once; the rows of its events, which may be many, are freed afterwards, by the next process if need
 * be.
 */
export interface RunRemoval {
  /**
   * Makes what deletes the ended runs under a condition of SQL, and answers how many there were, those
   * that they called among them. What it deleted is so on the disk itself, or only after `settle`.
   */
  where(
    condition: string,
    whenOnDisk?: 'atOnce' | 'settled',
  ): (...values: readonly (string | number)[]) => Promise<number>
  /** Puts all that was deleted onto the disk, with one wait for it, or none where there is nothing. */
  settle(): void
  /** Frees some of the room of runs that were deleted; `false` when there is nothing left to free. */
  freeSome(): boolean
}

/** So many runs are deleted, or rows of events freed, in one step. */
const stepSize = 200
/** No run has this id. */
const nobody = ''
/** So many pages at a time are given back to the file system: a megabyte. */
const stepPages = 256

/** Prepares the statements; the tables exist already. */
export function createRunRemoval(database: DatabaseSync): RunRemoval {
  const putRemoved = database.prepare('INSERT INTO removed_runs (run_id) VALUES (?)')
  // A text goes with the last run that needs it.
  const removeDocument = database.prepare(`
    DELETE FROM run_documents
    WHERE hash = ? AND NOT EXISTS (SELECT 1 FROM runs WHERE document = run_documents.hash)`)
  const nextRemoved = database.prepare(`SELECT run_id FROM removed_runs LIMIT ${stepSize}`)
  const removeEvents = database.prepare(`
    DELETE FROM run_events WHERE rowid IN
      (SELECT rowid FROM run_events WHERE run_id = ? LIMIT ?)`)
  const forgetRemoved = database.prepare('DELETE FROM removed_runs WHERE run_id = ?')
  const freePages = database.prepare('PRAGMA freelist_count')
  /** Whether something was deleted that is not on the disk itself. */
  let isLoose = false
  /** Room that packing made is filled again soon; only what deletes made goes back. */
  let isShrinking = false

  function freeEvents(runIds: readonly string[]): void {
    let left = stepSize
    for (const runId of runIds) {
      left -= Number(removeEvents.run(runId, left).changes)
      if (left === 0) return
      forgetRemoved.run(runId)
    }
  }

  return {
    where(condition, whenOnDisk = 'atOnce') {
      const removeRuns = database.prepare(`
        WITH RECURSIVE gone(id) AS (
          SELECT * FROM (
            SELECT id FROM runs WHERE state <> 'running' AND ${condition} LIMIT ${stepSize})
          UNION
          SELECT runs.id FROM gone JOIN runs ON runs.parent_run_id = gone.id
          WHERE runs.state <> 'running')
        DELETE FROM runs WHERE id IN (SELECT id FROM gone) RETURNING id, document`)

      function removeSome(values: readonly (string | number)[]): number {
        const removed = removeRuns.all(...values)
        for (const { id } of removed) putRemoved.run(String(id))
        const hashes = new Set(removed.map(({ document }) => String(document)))
        for (const hash of hashes) removeDocument.run(hash)
        return removed.length
      }

      function removeStep(values: readonly (string | number)[]): number {
        const remove = () => inTransaction(database, () => removeSome(values))
        // What somebody deleted does not come back after a power cut.
        if (whenOnDisk === 'atOnce') return onDisk(database, remove)
        const count = remove()
        isLoose ||= count > 0
        return count
      }

      return async (...values) => {
        let total = 0
        while (true) {
          const count = removeStep(values)
          total += count
          if (count < stepSize) return total
          await nextTurn()
        }
      }
    },

    settle() {
      if (!isLoose) return
      // Any commit that waits for the disk takes along what was written to the log before it.
      onDisk(database, () =>
        inTransaction(database, () => {
          putRemoved.run(nobody)
          forgetRemoved.run(nobody)
        }),
      )
      isLoose = false
    },

    freeSome() {
      const removed = nextRemoved.all().map((row) => String(row['run_id']))
      if (removed.length > 0) {
        inTransaction(database, () => freeEvents(removed))
        isShrinking = canShrink(database)
        return true
      }
      if (!isShrinking) return false
      isShrinking = Number(freePages.get()?.['freelist_count']) >= stepPages
      // The file itself becomes shorter with a checkpoint.
      database.exec(
        isShrinking ? `PRAGMA incremental_vacuum(${stepPages})` : 'PRAGMA wal_checkpoint(PASSIVE)',
      )
      return isShrinking
    },
  }
}
