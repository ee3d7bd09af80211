import type { Kysely } from 'kysely'

/** What models cost, once an operator changed what came with Millrace. */
export async function prices(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable('prices')
    .addColumn('id', 'integer', (column) => column.primaryKey())
    .addColumn('revision', 'integer', (column) => column.notNull())
    .addColumn('document', 'text')
    .addColumn('updated_at', 'bigint', (column) => column.notNull())
    .execute()
}
