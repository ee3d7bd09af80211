import { sql, type Kysely } from 'kysely'

/** Runs find those that they called, since these are deleted with them. */
export async function calledRuns(database: Kysely<unknown>): Promise<void> {
  await sql`
    create index runs_by_parent on runs (parent_run_id) where parent_run_id is not null
  `.execute(database)
}
