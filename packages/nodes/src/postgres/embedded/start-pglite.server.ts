import { PGlite } from '@electric-sql/pglite'
import { vector } from '@electric-sql/pglite-pgvector'

/** Opens the cluster in a directory, or makes one there; in memory alone where none is given. */
export function startPglite(dataDir?: string): Promise<PGlite> {
  return PGlite.create({
    ...(dataDir === undefined ? {} : { dataDir }),
    extensions: { vector },
    // Its log in files of 1 MB: those of 16 would be most of what a small cluster weighs.
    initDbStartParams: ['--wal-segsize=1'],
  })
}
