import type { DatabaseSync } from 'node:sqlite'
import { inTransaction } from './in-transaction.ts'
import { packLines } from './packed-lines.ts'

/**
 * Packs the logs of runs that ended: a row for each tenth of a second becomes few rows of compressed
 * bytes. What readers get stays the same, also while it happens.
 */
export interface RunPacking {
  /** Packs some runs, or a part of one; `false` when there is nothing left to pack. */
  packSome(): boolean
}

/** About so many characters become one row: a reader that wants one of its events unpacks them all. */
const packedCharacters = 128 * 1024
/** A log that is a single row, and shorter than this, stays as it is. */
export const smallCharacters = 4096

/**
 * About so many characters are packed in one step. Runs that went on together lie together, so that a
 * step of several changes each page once; it takes some 20 ms.
 */
const stepCharacters = 1024 * 1024

interface Place {
  readonly runId: string
  /** Everything up to this number is as it shall be. */
  readonly after: number
}

/** Rows that follow on each other. */
interface Group {
  readonly rows: number
  readonly firstSeq: number
  readonly lastSeq: number
  readonly lines: string
}

/** Prepares the statements; the tables exist already. */
export function createRunPacking(database: DatabaseSync): RunPacking {
  // By itself, SQLite takes the index of all states, and so goes through all that are packed.
  const nextRun = database.prepare(`
    SELECT id FROM runs INDEXED BY runs_unpacked
    WHERE is_packed = 0 AND state IN ('completed', 'failed', 'cancelled', 'interrupted') LIMIT 1`)
  // Bytes were packed by a process that did not get to the end of the run.
  const rowsAfter = database.prepare(`
    SELECT first_seq, last_seq, lines FROM run_events
    WHERE run_id = ? AND first_seq > ? AND typeof(lines) = 'text' ORDER BY first_seq`)
  const removeRows = database.prepare(
    'DELETE FROM run_events WHERE run_id = ? AND first_seq BETWEEN ? AND ?',
  )
  const putRow = database.prepare(
    'INSERT INTO run_events (run_id, first_seq, last_seq, lines) VALUES (?, ?, ?, ?)',
  )
  const finish = database.prepare('UPDATE runs SET is_packed = 1 WHERE id = ?')
  let place: Place | undefined

  function nextPlace(): Place | undefined {
    const row = nextRun.get()
    return row && { runId: String(row['id']), after: 0 }
  }

  function groupAfter({ runId, after }: Place): Group | undefined {
    let group: Group | undefined
    for (const row of rowsAfter.iterate(runId, after)) {
      const [first, last, text] = [row['first_seq'], row['last_seq'], row['lines']].map(String)
      const firstSeq = Number(first)
      // What was lost stays a gap.
      if (group !== undefined && firstSeq !== group.lastSeq + 1) break
      group = {
        rows: (group?.rows ?? 0) + 1,
        firstSeq: group?.firstSeq ?? firstSeq,
        lastSeq: Number(last),
        lines: (group?.lines ?? '') + text,
      }
      if (group.lines.length >= packedCharacters) break
    }
    return group
  }

  function pack(runId: string, { rows, firstSeq, lastSeq, lines }: Group): void {
    if (rows === 1 && lines.length < smallCharacters) return
    removeRows.run(runId, firstSeq, lastSeq)
    putRow.run(runId, firstSeq, lastSeq, packLines(lines))
  }

  /** How many characters were looked at; `undefined` when nothing is left. */
  function packNext(): number | undefined {
    place ??= nextPlace()
    if (place === undefined) return undefined
    const { runId } = place
    const group = groupAfter(place)
    if (group === undefined) {
      finish.run(runId)
      place = undefined
      return 0
    }
    pack(runId, group)
    place = { runId, after: group.lastSeq }
    return group.lines.length
  }

  function packStep(): boolean {
    for (let total = 0; total < stepCharacters;) {
      const characters = packNext()
      if (characters === undefined) return false
      total += characters
    }
    return true
  }

  return {
    packSome() {
      try {
        return inTransaction(database, packStep)
      } catch (error) {
        // What was packed in this step was undone.
        place = undefined
        throw error
      }
    },
  }
}
