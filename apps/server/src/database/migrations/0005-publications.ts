import type { Kysely } from 'kysely'

/** What was published of which flow to which environment, and when. */
export async function publications(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable('flow_publications')
    .addColumn('id', 'integer', (column) => column.primaryKey().autoIncrement())
    .addColumn('flow_id', 'text', (column) => column.notNull())
    .addColumn('environment', 'text', (column) => column.notNull())
    .addColumn('revision', 'integer')
    .addColumn('at', 'bigint', (column) => column.notNull())
    .execute()
  await database.schema
    .createIndex('flow_publications_by_flow')
    .on('flow_publications')
    .columns(['flow_id', 'environment', 'id'])
    .execute()
}
