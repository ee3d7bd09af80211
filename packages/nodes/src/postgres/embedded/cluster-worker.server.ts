import { existsSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import { protocol, type PGlite } from '@electric-sql/pglite'
import type { ClusterAnswer, ClusterCall, ClusterFiles } from './cluster-call.ts'
import { startPglite } from './start-pglite.server.ts'
import { unpackArchive } from './unpack-archive.server.ts'

// The thread of a cluster: a statement keeps it busy until it is done.
const files = workerData as ClusterFiles // as `openCluster` gives it
let opening: Promise<PGlite> | undefined
let last: Promise<void> = Promise.resolve()
let isClosed = false

parentPort?.on('message', (call: ClusterCall) => {
  // What fails here is a defect, not a statement, and ends the thread.
  last = last.then(async () => {
    // Whoever still asks learns that the thread has ended.
    if (isClosed) return
    const messages = await answer(call)
    parentPort?.postMessage({ messages } satisfies ClusterAnswer, [messages.buffer])
    if (call.kind !== 'close') return
    isClosed = true
    parentPort?.close()
  })
})

async function answer(call: ClusterCall): Promise<Uint8Array<ArrayBuffer>> {
  opening ??= open(files)
  const database = await opening
  switch (call.kind) {
    case 'open':
      return new Uint8Array()
    case 'execute':
      // A copy: what comes may be a view of all the memory of the database.
      return new Uint8Array(await database.execProtocolRaw(call.messages))
    case 'reset':
      for (const message of sweeping) await database.execProtocolRaw(message)
      return new Uint8Array()
    case 'close':
      await database.close()
      return new Uint8Array()
  }
}

/** Ends a batch of messages that was left half-way, then the transaction, then what was set. */
const sweeping = [
  protocol.serialize.sync(),
  protocol.serialize.query('ROLLBACK'),
  protocol.serialize.query('DISCARD ALL'),
]

async function open({ directory, archive }: ClusterFiles): Promise<PGlite> {
  const cluster = join(directory, 'cluster')
  if (!existsSync(cluster)) {
    // Made beside it, so that what is cut short is made anew.
    const unfinished = join(directory, 'unfinished')
    rmSync(unfinished, { recursive: true, force: true })
    if (archive !== undefined) unpackArchive(archive, unfinished)
    else await makeCluster(unfinished)
    renameSync(unfinished, cluster)
  }
  return startPglite(cluster)
}

async function makeCluster(directory: string): Promise<void> {
  const database = await startPglite(directory)
  await database.exec('CREATE EXTENSION vector')
  await database.close()
}
