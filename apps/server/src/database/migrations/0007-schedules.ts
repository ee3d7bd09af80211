import type { Kysely } from 'kysely'

/** The last time at which each scheduled flow was due, so that no time starts two runs. */
export async function schedules(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable('schedules')
    .addColumn('flow_id', 'text', (column) => column.primaryKey())
    .addColumn('due_at', 'bigint', (column) => column.notNull())
    .addColumn('run_id', 'text')
    .addColumn('error', 'text')
    .execute()
}
