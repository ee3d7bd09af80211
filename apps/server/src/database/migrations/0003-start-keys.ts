import { sql, type Kysely } from 'kysely'

/** Runs know the key of their start, so that a start that comes again is the same run. */
export async function startKeys(database: Kysely<unknown>): Promise<void> {
  for (const name of ['start_key', 'start_hash']) {
    await database.schema.alterTable('runs').addColumn(name, 'text').execute()
  }
  await sql`
    create index runs_by_start_key on runs (flow_id, start_key) where start_key is not null
  `.execute(database)
}
