import type { Kysely } from 'kysely'

/** The first tables of `runs.db`. */
export async function runs(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable('runs')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('flow_id', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('started_at', 'bigint', (column) => column.notNull())
    .addColumn('ended_at', 'bigint')
    .addColumn('usage', 'text')
    .addColumn('result', 'text')
    .addColumn('error', 'text')
    .execute()
  await database.schema
    .createTable('run_events')
    .addColumn('run_id', 'text', (column) => column.notNull())
    .addColumn('first_seq', 'integer', (column) => column.notNull())
    .addColumn('last_seq', 'integer', (column) => column.notNull())
    .addColumn('lines', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('run_events_key', ['run_id', 'first_seq'])
    .execute()
  await database.schema.createIndex('runs_by_start').on('runs').columns(['started_at']).execute()
  await database.schema
    .createIndex('runs_by_flow')
    .on('runs')
    .columns(['flow_id', 'started_at'])
    .execute()
}
