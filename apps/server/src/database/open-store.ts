import { join } from 'node:path'
import { Kysely } from 'kysely'
import { migrate } from './migrate.ts'
import type { StoreSchema } from './schema.ts'
import { openSqlite } from './sqlite.ts'
import { sqliteDialect } from './sqlite-dialect.ts'

/** Opens `millrace.db`, brought up to this version. `destroy` closes it. */
export async function openStore(directory: string): Promise<Kysely<StoreSchema>> {
  const file = openSqlite(join(directory, 'millrace.db'), { synchronous: 'FULL' })
  const database = new Kysely<StoreSchema>({ dialect: sqliteDialect(file) })
  await migrate(database, 'millrace.db')
  return database
}
