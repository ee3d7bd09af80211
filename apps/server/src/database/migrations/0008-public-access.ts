import type { Kysely } from 'kysely'

/** Who may chat with a flow without a key, and how much was said on a day. */
export async function publicAccess(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable('public_access')
    .addColumn('flow_id', 'text', (column) => column.primaryKey())
    .addColumn('revision', 'integer', (column) => column.notNull())
    .addColumn('settings', 'text', (column) => column.notNull())
    .addColumn('secret_id', 'text')
    .addColumn('updated_at', 'bigint', (column) => column.notNull())
    .execute()
  await database.schema
    .createTable('public_messages')
    .addColumn('flow_id', 'text', (column) => column.primaryKey())
    .addColumn('day', 'text', (column) => column.notNull())
    .addColumn('count', 'integer', (column) => column.notNull())
    .execute()
}
