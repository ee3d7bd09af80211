import type { Kysely } from 'kysely'

/** Runs are listed and thinned in the order of their starts, without reading them all and sorting. */
export async function runOrder(database: Kysely<unknown>): Promise<void> {
  await database.schema.dropIndex('runs_by_start').execute()
  const index = (name: string, columns: readonly string[]) =>
    database.schema
      .createIndex(name)
      .on('runs')
      .columns([...columns, 'started_at', 'id'])
      .execute()
  await index('runs_by_start', [])
  await index('runs_by_state', ['state'])
  await index('runs_by_origin', ['origin'])
}
