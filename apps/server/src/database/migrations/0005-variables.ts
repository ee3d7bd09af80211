import type { Kysely } from 'kysely'

/** The variables of the workspace. */
export async function variables(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable('variables')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('is_secret', 'integer', (column) => column.notNull())
    .addColumn('values', 'text', (column) => column.notNull())
    .execute()
}
