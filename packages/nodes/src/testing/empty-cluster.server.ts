import { existsSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * A packed cluster with pgvector and no tables, which the databases of tests begin with. Its name
 * changes with what makes it.
 */
export const emptyCluster = fileURLToPath(
  new URL('../../node_modules/.cache/millrace/empty-cluster-0.5.14-1.tar.gz', import.meta.url),
)

/** Makes it once for all tests, since that takes seconds; Vitest calls this before the first. */
export async function setup(): Promise<void> {
  if (existsSync(emptyCluster)) return
  mkdirSync(dirname(emptyCluster), { recursive: true })
  const { packCluster } = await import('../postgres/embedded/pack-cluster.server.ts')
  await packCluster(emptyCluster, () => Promise.resolve())
}
