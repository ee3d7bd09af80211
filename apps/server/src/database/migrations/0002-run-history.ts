import { sql, type Kysely } from 'kysely'

/** Runs know where they come from and what they ran, are owned by a writer, and are packed. */
export async function runHistory(database: Kysely<unknown>): Promise<void> {
  const text = (name: string, first: string) =>
    database.schema
      .alterTable('runs')
      .addColumn(name, 'text', (column) => column.notNull().defaultTo(first))
      .execute()
  await text('trace', 'summary')
  await text('document', '')
  await text('origin', 'client')
  await text('models', '[]')
  for (const name of ['session_id', 'parent_run_id', 'writer']) {
    await database.schema.alterTable('runs').addColumn(name, 'text').execute()
  }
  await database.schema
    .alterTable('runs')
    .addColumn('is_packed', 'integer', (column) => column.notNull().defaultTo(0))
    .execute()
  // What earlier versions did not keep apart stands in the first event of each run.
  await sql`
    update runs set
      trace = coalesce(first ->> 'trace', 'summary'),
      document = coalesce(first ->> 'document', ''),
      origin = iif(first ->> 'trace' = 'full', 'designer', 'client'),
      session_id = iif(json_type(first, '$.input.sessionId') = 'text', first ->> '$.input.sessionId', null)
    from (
      select run_id, substr(lines, 1, instr(lines, char(10)) - 1) as first
      from run_events where first_seq = 1
    ) where run_id = runs.id
  `.execute(database)

  await database.schema
    .createTable('run_documents')
    .addColumn('hash', 'text', (column) => column.primaryKey())
    .addColumn('text', 'text', (column) => column.notNull())
    .execute()
  await database.schema
    .createTable('run_writers')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .execute()
  await database.schema
    .createTable('removed_runs')
    .addColumn('run_id', 'text', (column) => column.primaryKey())
    .execute()

  await database.schema.createIndex('runs_by_document').on('runs').columns(['document']).execute()
  await sql`
    create index runs_by_session on runs (session_id, started_at) where session_id is not null
  `.execute(database)
  // Those that run, and those that ended but were not packed yet: never many.
  await sql`create index runs_unpacked on runs (state) where is_packed = 0`.execute(database)
}
