import { join } from 'node:path'
import { Kysely } from 'kysely'
import { migrate } from './migrate.ts'
import type { StoreSchema } from './schema.ts'
import { openSqlite } from './sqlite.ts'
import { sqliteDialect } from './sqlite-dialect.ts'

/** `millrace.db`, open. */
export interface Store {
  /** `destroy` closes it. */
  readonly database: Kysely<StoreSchema>
  /** A number that is another one whenever something was written to it. */
  readonly writes: () => number
}

/** Opens `millrace.db`, brought up to this version. */
export async function openStore(directory: string): Promise<Store> {
  const file = openSqlite(join(directory, 'millrace.db'), { synchronous: 'FULL' })
  const database = new Kysely<StoreSchema>({ dialect: sqliteDialect(file) })
  await migrate(database, 'millrace.db')
  // The lock of the directory sees to it that nobody writes but this connection.
  const counter = file.prepare('SELECT total_changes() AS writes')
  return { database, writes: () => Number(counter.get()?.['writes']) }
}
