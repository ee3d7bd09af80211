import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Connection } from '@millrace/engine'
import { EmbeddedPostgres } from '../postgres/embedded/embedded-postgres.server.ts'
import { packCluster } from '../postgres/embedded/pack-cluster.server.ts'

/** An embedded PostgreSQL of a test's own, with pgvector and no tables. */
export interface TestPostgres {
  readonly server: EmbeddedPostgres
  /** A connection to it, by its id `embedded-postgres`. */
  readonly connection: Connection
  readonly directory: string
  /** Ends it and removes its files. Pools on it are to be closed before. */
  close(): Promise<void>
}

/** Gives a fresh one, which opens well under a second: an empty cluster is made once and kept. */
export async function startTestPostgres(): Promise<TestPostgres> {
  const archive = await emptyCluster()
  const directory = mkdtempSync(join(tmpdir(), 'millrace-postgres-'))
  const server = new EmbeddedPostgres({
    directory,
    archive,
    // Nobody else knows the directory.
    lock: () => ({ release: () => {} }),
  })
  const kind = 'embedded-postgres'
  return {
    server,
    connection: { id: kind, kind, name: 'Embedded PostgreSQL', fields: { server } },
    directory,
    async close() {
      await server.close()
      rmSync(directory, { recursive: true })
    },
  }
}

/** A packed cluster with pgvector and no tables, under the name of the version that made it. */
export async function emptyCluster(): Promise<string> {
  const directory = fileURLToPath(new URL('../../node_modules/.cache/millrace', import.meta.url))
  const archive = join(directory, 'empty-cluster-0.5.14.tar.gz')
  if (!existsSync(archive)) {
    mkdirSync(directory, { recursive: true })
    await packCluster(archive, () => Promise.resolve())
  }
  return archive
}
