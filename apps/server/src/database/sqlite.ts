import { DatabaseSync } from 'node:sqlite'

export interface SqliteOptions {
  /** `FULL`: a commit is on the disk when it answers. `NORMAL`: a power cut may lose the last ones. */
  readonly synchronous: 'FULL' | 'NORMAL'
}

/** Opens a database file in write-ahead mode; makes it when it is not there. */
export function openSqlite(file: string, { synchronous }: SqliteOptions): DatabaseSync {
  const database = new DatabaseSync(file)
  database.exec(
    `PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = ${synchronous}; PRAGMA foreign_keys = ON`,
  )
  return database
}
