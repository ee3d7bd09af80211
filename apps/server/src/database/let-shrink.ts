import type { DatabaseSync } from 'node:sqlite'

/**
 * Lets a file give back the room of what is deleted from it, by `incremental_vacuum`. A file of an
 * earlier version is rewritten once.
 */
export function letShrink(database: DatabaseSync): void {
  if (!canShrink(database)) database.exec('PRAGMA auto_vacuum = INCREMENTAL; VACUUM')
}

export function canShrink(database: DatabaseSync): boolean {
  const incremental = 2
  return database.prepare('PRAGMA auto_vacuum').get()?.['auto_vacuum'] === incremental
}
