import { renameSync, writeFileSync } from 'node:fs'
import type { PGlite } from '@electric-sql/pglite'
import { makePglite } from './start-pglite.server.ts'

/**
 * Makes a cluster with pgvector, lets `fill` put tables into it, and packs it into a file: what an
 * `EmbeddedPostgres` unpacks in a moment would take it seconds and much memory to make.
 */
export async function packCluster(
  file: string,
  fill: (database: PGlite) => Promise<void>,
): Promise<void> {
  const database = await makePglite()
  await fill(database)
  // All in its files, so that nothing is left to be recovered when it is opened.
  await database.exec('VACUUM ANALYZE')
  await database.exec('CHECKPOINT')
  const archive = await database.dumpDataDir('gzip')
  await database.close()
  // Whole or not at all, whoever else makes it at the same time.
  const unfinished = `${file}.${process.pid}`
  writeFileSync(unfinished, Buffer.from(await archive.arrayBuffer()))
  renameSync(unfinished, file)
}
