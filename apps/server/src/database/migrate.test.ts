import { Kysely, sql } from 'kysely'
import { expect, it } from 'vitest'
import { migrate } from './migrate.ts'
import type { StoreSchema } from './schema.ts'
import { openSqlite } from './sqlite.ts'
import { sqliteDialect } from './sqlite-dialect.ts'

function openMemory(): Kysely<StoreSchema> {
  const file = openSqlite(':memory:', { synchronous: 'FULL' })
  return new Kysely<StoreSchema>({ dialect: sqliteDialect(file) })
}

it('does nothing the second time', async () => {
  await using database = openMemory()
  await migrate(database, 'millrace.db')
  await migrate(database, 'millrace.db')
  expect(await database.selectFrom('flows').selectAll().execute()).toEqual([])
})

it('refuses a file that a newer version wrote', async () => {
  await using database = openMemory()
  await migrate(database, 'millrace.db')
  await sql`insert into kysely_migration (name, timestamp) values ('9999-later', '2030')`.execute(
    database,
  )
  await expect(migrate(database, 'millrace.db')).rejects.toThrow(
    '"millrace.db" in the data directory cannot be brought up to this version: a newer Millrace wrote it. Start the Millrace that wrote it, or set MILLRACE_DATA_DIR to another directory.',
  )
})
