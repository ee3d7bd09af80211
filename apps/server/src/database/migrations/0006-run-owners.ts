import type { Kysely } from 'kysely'

/** Runs know the key or the visitor that started them, to whom alone they are told. */
export async function runOwners(database: Kysely<unknown>): Promise<void> {
  await database.schema.alterTable('runs').addColumn('started_by', 'text').execute()
}
