import { parentPort, workerData } from 'node:worker_threads'
import { openSqlite } from './database/sqlite.ts'
import { inTransaction } from './runs/in-transaction.ts'
import { onDisk } from './runs/on-disk.ts'
import type { RunBatch } from './runs/run-batch.ts'
import { createRunLeases } from './runs/run-leases.ts'
import { createRunPacking } from './runs/run-packing.ts'
import { createRunRemoval } from './runs/run-removal.ts'
import { createRetain } from './runs/run-retention.ts'
import type { WriterOptions } from './runs/run-writer.ts'
import { createStoreBatch } from './runs/store-batch.ts'
import type { WriterAnswer, WriterCalls, WriterRequest } from './runs/writer-calls.ts'

/**
 * The thread that writes the logs of runs, so that no run and no reader waits for a disk. Its file
 * has its tables already; every call is answered. What it can do later it does in short steps, while
 * nothing else waits.
 */

const { file, writer } = workerData as WriterOptions // from RunWriter
const database = openSqlite(file, { synchronous: 'NORMAL' })
const storeBatch = createStoreBatch(database, writer)
const leases = createRunLeases(database, writer)
const packing = createRunPacking(database)
const removal = createRunRemoval(database)
const retain = createRetain(database, removal)
const removeBy = {
  run: removal.where('id IN (SELECT value FROM json_each(?)) AND started_at <= ?'),
  session: removal.where('session_id = ? AND started_at <= ?'),
  flow: removal.where('flow_id = ? AND started_at <= ?'),
}

const calls: WriterCalls = {
  async store(batch) {
    store(batch)
    if (batch.chunks.some(({ isEnd }) => isEnd)) tidyLater()
  },
  tend: async ({ runIds, now }) =>
    inTransaction(database, () => {
      leases.renew(now)
      return leases.interrupt(runIds, now)
    }),
  release: async (now) => inTransaction(database, () => leases.release(now)),
  async remove({ selection, upTo }) {
    const wanted = selection.by === 'run' ? JSON.stringify(selection.ids) : selection.id
    const count = await removeBy[selection.by](wanted, upTo)
    tidyLater()
    return count
  },
  async retain({ retention, now }) {
    await retain(retention, now)
    tidyLater()
    const failure = tidyingFailure
    tidyingFailure = undefined
    if (failure !== undefined) throw failure
  },
}

function store(batch: RunBatch): void {
  const write = () =>
    inTransaction(database, () => {
      leases.renew(batch.now)
      storeBatch(batch)
    })
  if (batch.isSynced) onDisk(database, write)
  else write()
}

/** Told with the next retention, as nobody waits for it. */
let tidyingFailure: unknown
let tidying: NodeJS.Immediate | undefined
tidyLater()

function tidyLater(): void {
  tidying ??= setImmediate(tidy)
}

function tidy(): void {
  tidying = undefined
  try {
    if (packing.packSome() || removal.freeSome()) tidyLater()
  } catch (error) {
    tidyingFailure = error
  }
}

parentPort?.on('message', (message: WriterRequest | 'close') => {
  if (message === 'close') {
    clearImmediate(tidying)
    database.close()
    parentPort?.close()
    return
  }
  void answer(message)
})

async function answer({ number, call, argument }: WriterRequest): Promise<void> {
  parentPort?.postMessage(await answerOf({ number, call, argument }))
}

async function answerOf({ number, call, argument }: WriterRequest): Promise<WriterAnswer> {
  try {
    const run: (argument: never) => unknown = calls[call]
    const value = await run(argument as never) // the request was made for this call
    return { type: 'done', number, value }
  } catch (error) {
    return {
      type: 'failed',
      number,
      message: error instanceof Error ? error.message : String(error),
    }
  }
}
