import { parentPort, workerData } from 'node:worker_threads'
import { openSqlite } from './database/sqlite.ts'
import type { RunBatch, WriterAnswer } from './runs/run-batch.ts'
import { createRunTables, type Retention } from './runs/run-tables.ts'

/**
 * The thread that writes the logs of runs, so that no run and no reader waits for a disk. Its file
 * has its tables already; every batch is answered, in order.
 */

const { file, retention } = workerData as { file: string; retention: Retention } // from RunWriter
const database = openSqlite(file, { synchronous: 'NORMAL' })
const tables = createRunTables(database)
/** Old runs are looked for at the start, and again after so many new ones. */
const recordsBetweenRemovals = 1000
let recordsSinceRemoval = recordsBetweenRemovals

parentPort?.on('message', (message: RunBatch | 'close') => {
  if (message === 'close') {
    database.close()
    parentPort?.close()
    return
  }
  parentPort?.postMessage(store(message))
})

function store(batch: RunBatch): WriterAnswer {
  try {
    tables.store(batch)
    recordsSinceRemoval += batch.records.length
    if (recordsSinceRemoval >= recordsBetweenRemovals) {
      recordsSinceRemoval = 0
      tables.removeOld(retention, Date.now())
    }
    return { type: 'stored', number: batch.number }
  } catch (error) {
    return { type: 'failed', number: batch.number, message: String(error) }
  }
}
