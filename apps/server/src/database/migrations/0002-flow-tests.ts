import type { Kysely } from 'kysely'

/** The tests of a flow, kept beside it. */
export async function flowTests(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable('flow_tests')
    .addColumn('flow_id', 'text', (column) => column.primaryKey())
    .addColumn('revision', 'integer', (column) => column.notNull())
    .addColumn('document', 'text', (column) => column.notNull())
    .addColumn('updated_at', 'bigint', (column) => column.notNull())
    .execute()
}
