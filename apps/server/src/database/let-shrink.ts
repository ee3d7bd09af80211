import type { DatabaseSync } from 'node:sqlite'

/**
 * Lets a file give back the room of what is deleted from it, by `incremental_vacuum`. A file of an
 * earlier version is rewritten once.
 */
export function letShrink(database: DatabaseSync): void {
  const incremental = 2
  const mode = database.prepare('PRAGMA auto_vacuum').get()?.['auto_vacuum']
  if (mode !== incremental) database.exec('PRAGMA auto_vacuum = INCREMENTAL; VACUUM')
}
