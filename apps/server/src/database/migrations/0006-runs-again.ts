import { sql, type Kysely } from 'kysely'

/** Runs know which run they run again, and are found by it. */
export async function runsAgain(database: Kysely<unknown>): Promise<void> {
  await database.schema.alterTable('runs').addColumn('again_run_id', 'text').execute()
  await sql`
    create index runs_by_again on runs (again_run_id, started_at) where again_run_id is not null
  `.execute(database)
}
