import type { Kysely } from 'kysely'

/** Runs know the environment that they ran in; until now that was always the draft's. */
export async function runEnvironment(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .alterTable('runs')
    .addColumn('environment', 'text', (column) => column.notNull().defaultTo('development'))
    .execute()
}
