import { sql, type Kysely } from 'kysely'

/** Revisions can be named and are thinned; deleted flows can be listed and brought back. */
export async function flowHistory(database: Kysely<unknown>): Promise<void> {
  await database.schema.alterTable('flow_revisions').addColumn('name', 'text').execute()
  await database.schema
    .alterTable('flow_revisions')
    .addColumn('bytes', 'integer', (column) => column.notNull().defaultTo(0))
    .execute()
  await sql`update flow_revisions set bytes = octet_length(document)`.execute(database)
  // Holds all that thinning looks at, so that no save reads the documents of earlier ones.
  await database.schema
    .createIndex('flow_revisions_by_time')
    .on('flow_revisions')
    .columns(['flow_id', 'revision', 'saved_at', 'name', 'bytes'])
    .execute()
  await database.schema
    .createTable('deleted_flows')
    .addColumn('flow_id', 'text', (column) => column.primaryKey())
    .addColumn('revision', 'integer', (column) => column.notNull())
    .addColumn('deleted_at', 'bigint', (column) => column.notNull())
    .execute()
  // When those of before were deleted is not known: not before they were saved last.
  await sql`
    insert into deleted_flows (flow_id, revision, deleted_at)
    select flow_id, max(revision), max(saved_at) from flow_revisions
    where flow_id not in (select id from flows) group by flow_id
  `.execute(database)
}
