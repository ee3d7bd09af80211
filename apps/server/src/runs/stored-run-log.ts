import { join } from 'node:path'
import { FlowError } from '@millrace/flow'
import { LogEntry, type LogPage, type RunLog } from '@millrace/engine'
import { Kysely } from 'kysely'
import { migrate } from '../database/migrate.ts'
import type { RunSchema } from '../database/schema.ts'
import { openSqlite } from '../database/sqlite.ts'
import { sqliteDialect } from '../database/sqlite-dialect.ts'
import { createRunArchive, type RunQuery } from './run-archive.ts'
import type { RunChunk } from './run-batch.ts'
import { lostEndOf, type RunRecord } from './run-record.ts'
import { rowOf, type RunRow } from './run-row.ts'
import { RunRing } from './run-ring.ts'
import { createRunTables, type Retention } from './run-tables.ts'
import { createRunWriter, type RunWriter } from './run-writer.ts'

/** The log of all runs, and how each run stands, in memory and in `runs.db`. */
export interface StoredRunLog extends RunLog {
  find(runId: string): Promise<RunRecord | undefined>
  /** The latest start first. */
  list(query: RunQuery): Promise<readonly RunRecord[]>
  latestOfFlows(): Promise<ReadonlyMap<string, RunRecord>>
  /** Resolves when everything appended so far is stored, or given up. */
  flush(): Promise<void>
  /**
   * Resolves when the start of a run is on the disk, so that it is known of even after a power cut.
   * Throws `internal` when it could not be stored. To be called in the turn that started the run.
   */
  expectStored(runId: string): Promise<void>
  close(): Promise<void>
}

interface Options {
  readonly directory: string
  /** Epoch milliseconds. */
  readonly now: () => number
  /** Told when entries could not be stored: the runs go on, their history has a hole. */
  readonly onLoss: (error: unknown) => void
  /** Told how many runs of a process that is gone were ended. */
  readonly onInterrupted: (count: number) => void
  readonly retention?: Retention
}

const monthMs = 30 * 24 * 60 * 60 * 1000
const defaultRetention: Retention = { maxRuns: 10_000, maxAgeMs: monthMs }
/** So many records that could not be stored wait for the next attempt. */
const maxUnstored = 1000
/** What was appended is handed to the writer within so many milliseconds, for all runs at once. */
const flushMs = 100

/**
 * Opens the log of the data directory. Appending only touches memory: a run waits for no disk, and
 * readers that lag are served from the file.
 */
export async function createStoredRunLog(options: Options): Promise<StoredRunLog> {
  const { directory, now, onLoss, onInterrupted, retention = defaultRetention } = options
  const file = join(directory, 'runs.db')
  const sqlite = openSqlite(file, { synchronous: 'NORMAL' })
  const database = new Kysely<RunSchema>({ dialect: sqliteDialect(sqlite) })
  await migrate(database, 'runs.db')
  const orphans = createRunTables(sqlite).settleOrphans(now())
  if (orphans > 0) onInterrupted(orphans)

  const archive = createRunArchive(database)
  const writer: RunWriter = createRunWriter({ file, retention })
  const rings = new Map<string, RunRing>()
  const listeners = new Map<string, Set<(entries: readonly LogEntry[]) => void>>()
  const fresh = new Set<RunRing>()
  let timer: NodeJS.Timeout | undefined
  const writes = new Set<Promise<void>>()

  /** How runs stand whose record could not be stored: it goes with the next batch. */
  const unstored = new Map<string, RunRecord>()

  function writeFresh({ isSynced } = { isSynced: false }): void {
    clearTimeout(timer)
    timer = undefined
    if (fresh.size === 0 && unstored.size === 0) return
    const records = [...unstored.values()]
    const chunks: RunChunk[] = []
    const dealtWith: Pick<RunChunk, 'runId' | 'lastSeq'>[] = []
    for (const ring of fresh) {
      dealtWith.push({ runId: ring.runId, lastSeq: ring.head })
      const { record, chunk } = takeOf(ring)
      if (record !== undefined) records.push(record)
      if (chunk !== undefined) chunks.push(chunk)
    }
    fresh.clear()
    unstored.clear()
    const write = writer
      .write({ records: records.map(writable), chunks, isSynced })
      .catch((error: unknown) => {
        for (const record of records.slice(-maxUnstored)) unstored.set(record.id, record)
        onLoss(error)
      })
      .then(() => settle(dealtWith))
      .finally(() => writes.delete(write))
    writes.add(write)
  }

  /** Nor must one whose result cannot: it is stored without that. */
  function writable(record: RunRecord): RunRow {
    try {
      return rowOf(record)
    } catch (error) {
      onLoss(error)
      const { result: _, error: __, ...others } = record
      return rowOf(others)
    }
  }

  /** One run whose events cannot be written must not keep the others from being stored. */
  function takeOf(ring: RunRing): Partial<ReturnType<RunRing['take']>> {
    try {
      return ring.take()
    } catch (error) {
      onLoss(error)
      return { record: ring.record }
    }
  }

  function settle(chunks: readonly Pick<RunChunk, 'runId' | 'lastSeq'>[]): void {
    for (const { runId, lastSeq } of chunks) {
      const ring = rings.get(runId)
      ring?.settle(lastSeq)
      if (ring?.isSpent === true) rings.delete(runId)
    }
  }

  async function find(runId: string): Promise<RunRecord | undefined> {
    return rings.get(runId)?.record ?? unstored.get(runId) ?? archive.find(runId)
  }

  /** What a reader gets for entries that are neither in memory nor in the file: they were lost. */
  async function readPastLoss(runId: string, { after }: { after: number }): Promise<LogPage> {
    const ring = rings.get(runId)
    if (ring !== undefined) return { status: 'gap', oldest: ring.oldest }
    const record = await find(runId)
    if (record === undefined) return { status: 'unknown' }
    const end = lostEndOf(record, { seq: after + 1 })
    return { status: 'found', entries: [new LogEntry(end)], isEnd: true }
  }

  async function flush(): Promise<void> {
    writeFresh()
    await Promise.all(writes)
  }

  return {
    append(runId, entries) {
      let ring = rings.get(runId)
      if (ring === undefined) {
        ring = new RunRing(runId)
        rings.set(runId, ring)
      }
      ring.append(entries)
      fresh.add(ring)
      timer ??= setTimeout(() => writeFresh(), flushMs)
      const following = listeners.get(runId)
      if (following !== undefined) for (const listener of following) listener(entries)
    },

    async read(runId, after, limit) {
      const page = rings.get(runId)?.read(after, limit)
      if (page !== undefined) return page
      const stored = await archive.read(runId, after, limit)
      const isThere = stored.status === 'found' && (stored.isEnd || stored.entries.length > 0)
      return isThere || stored.status === 'gap' ? stored : readPastLoss(runId, { after })
    },

    listen(runId, listener) {
      const following = listeners.get(runId) ?? new Set()
      listeners.set(runId, following)
      following.add(listener)
      return () => {
        following.delete(listener)
        if (following.size === 0) listeners.delete(runId)
      }
    },

    find,
    async list(query) {
      await flush()
      return archive.list(query)
    },
    latestOfFlows: async () => {
      await flush()
      return archive.latestOfFlows()
    },
    flush,
    async expectStored(runId) {
      writeFresh({ isSynced: true })
      await Promise.all(writes)
      if ((await archive.find(runId)) !== undefined) return
      throw new FlowError(
        'internal',
        'The start of the run could not be stored, so it was stopped. Look into the log of the server, and at the disk.',
      )
    },
    async close() {
      await flush()
      await writer.close()
      await database.destroy()
    },
  }
}
