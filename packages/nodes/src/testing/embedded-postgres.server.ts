import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Connection } from '@millrace/engine'
import { EmbeddedPostgres } from '../postgres/embedded/embedded-postgres.server.ts'
import { emptyCluster } from './empty-cluster.server.ts'

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
  const directory = mkdtempSync(join(tmpdir(), 'millrace-postgres-'))
  const server = new EmbeddedPostgres({
    directory,
    archive: emptyCluster,
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
