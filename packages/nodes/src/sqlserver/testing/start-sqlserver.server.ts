import { openAsBlob } from 'node:fs'
import { PGlite } from '@electric-sql/pglite'
import { vector } from '@electric-sql/pglite-pgvector'
import { startTdsLoopback, type LoopbackOptions, type TdsLoopback } from '@millrace/tds-loopback'
import { emptyCluster } from '../../testing/empty-cluster.server.ts'

/** Starts a loopback on the packed cluster of tests, which opens in a fraction of the time. */
export async function startSqlServer(options: LoopbackOptions = {}): Promise<TdsLoopback> {
  const database = await PGlite.create({
    loadDataDir: await openAsBlob(emptyCluster),
    extensions: { vector },
  })
  const loopback = await startTdsLoopback({ ...options, database })
  const stop = loopback[Symbol.asyncDispose].bind(loopback)
  return Object.assign(loopback, {
    async [Symbol.asyncDispose]() {
      await stop()
      await database.close()
    },
  })
}
