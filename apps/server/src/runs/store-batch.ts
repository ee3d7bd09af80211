import type { DatabaseSync } from 'node:sqlite'
import type { RunBatch, RunChunk } from './run-batch.ts'
import { smallCharacters } from './run-packing.ts'
import { runColumns } from './run-row.ts'

/** Stores a batch; to be called in a transaction. Plain SQL, since its thread must stay small. */
export type StoreBatch = (batch: Pick<RunBatch, 'records' | 'documents' | 'chunks'>) => void

/** Prepares the statements; the tables exist already. */
export function createStoreBatch(database: DatabaseSync, writer: string): StoreBatch {
  // A terminal state is written once: a run that ended is not changed any more.
  const putRecord = database.prepare(`
    INSERT INTO runs (writer, is_packed, ${runColumns.join()})
    VALUES (?, ?, ${runColumns.map(() => '?').join()})
    ON CONFLICT (id) DO UPDATE SET
      state = excluded.state, ended_at = excluded.ended_at, usage = excluded.usage,
      result = excluded.result, error = excluded.error, models = excluded.models
    WHERE runs.state = 'running' AND runs.writer = excluded.writer`)
  const putDocument = database.prepare(
    'INSERT INTO run_documents (hash, text) VALUES (?, ?) ON CONFLICT (hash) DO NOTHING',
  )
  // Nothing follows the end that somebody else gave to a run.
  const putChunk = database.prepare(`
    INSERT INTO run_events (run_id, first_seq, last_seq, lines)
    SELECT ?, ?, ?, ? WHERE EXISTS (SELECT 1 FROM runs WHERE id = ? AND writer = ?)`)

  return ({ records, documents, chunks }) => {
    const small = new Set(chunks.filter(isSmallWhole).map(({ runId }) => runId))
    for (const record of records) {
      putRecord.run(writer, small.has(String(record[0])) ? 1 : 0, ...record)
    }
    for (const { hash, text } of documents) putDocument.run(hash, text)
    for (const { runId, firstSeq, lastSeq, lines } of chunks) {
      putChunk.run(runId, firstSeq, lastSeq, lines, runId, writer)
    }
  }
}

/** Whether it is the whole log of a run, and so short that packing it would not pay. */
function isSmallWhole({ firstSeq, lines, isEnd }: RunChunk): boolean {
  return firstSeq === 1 && isEnd && lines.length < smallCharacters
}
