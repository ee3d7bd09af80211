import type { DatabaseSync } from 'node:sqlite'

/** Commits what is written to a log that is else `NORMAL` so that a power cut leaves it there. */
export function onDisk<Result>(database: DatabaseSync, write: () => Result): Result {
  database.exec('PRAGMA synchronous = FULL')
  try {
    return write()
  } finally {
    database.exec('PRAGMA synchronous = NORMAL')
  }
}
