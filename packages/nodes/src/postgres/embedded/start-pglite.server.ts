import { PGlite } from '@electric-sql/pglite'
import { vector } from '@electric-sql/pglite-pgvector'

/** Opens the cluster in a directory. */
export function startPglite(dataDir?: string): Promise<PGlite> {
  return PGlite.create({
    ...(dataDir === undefined ? {} : { dataDir }),
    extensions: { vector },
    // Its log in files of 1 MB: those of 16 would be most of what a small cluster weighs.
    initDbStartParams: ['--wal-segsize=1'],
  })
}

/** Makes a cluster with pgvector, which takes seconds: in a directory, or in memory alone. */
export async function makePglite(dataDir?: string): Promise<PGlite> {
  const database = await startPglite(dataDir)
  await database.exec('CREATE EXTENSION vector')
  return database
}
