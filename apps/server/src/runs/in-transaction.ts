import type { DatabaseSync } from 'node:sqlite'

/** Does all of it, or nothing. */
export function inTransaction<Answer>(database: DatabaseSync, write: () => Answer): Answer {
  database.exec('BEGIN IMMEDIATE')
  try {
    const answer = write()
    database.exec('COMMIT')
    return answer
  } catch (error) {
    // SQLite has done so itself where the disk is full, say; then this would hide why.
    if (database.isTransaction) database.exec('ROLLBACK')
    throw error
  }
}
