import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { FlowError } from '@millrace/flow'
import { LogEntry, type LogPage, type RunLog } from '@millrace/engine'
import { Kysely } from 'kysely'
import { letShrink } from '../database/let-shrink.ts'
import { migrate } from '../database/migrate.ts'
import type { ReadJson } from '../database/read-json.ts'
import type { RunSchema } from '../database/schema.ts'
import { openSqlite } from '../database/sqlite.ts'
import { sqliteDialect } from '../database/sqlite-dialect.ts'
import type { Schedule } from './readers.ts'
import { repeat } from './repeat.ts'
import { createRunArchive } from './run-archive.ts'
import { createRunOutbox } from './run-outbox.ts'
import { lostEndOf, type RunOpening, type RunRecord } from './run-record.ts'
import { createRunRecords, type RunRecords } from './run-records.ts'
import type { Retention } from './run-retention.ts'
import { RunRing, type Taken } from './run-ring.ts'
import { createRunWriter } from './run-writer.ts'
import type { RunSelection } from './writer-calls.ts'

/** The log of all runs, and how each run stands, in memory and in `runs.db`. */
export interface StoredRunLog extends RunLog, Omit<RunRecords, 'running'> {
  /** The same log for one run that is about to start, told what its events do not tell. */
  opening(opening: RunOpening): RunLog
  /**
   * Deletes what ended of a selection, with its events and the documents that no other run needs.
   * Answers how many runs there were.
   */
  remove(selection: RunSelection): Promise<number>
  /** Resolves when everything appended so far is stored, or given up. */
  flush(): Promise<void>
  /**
   * Resolves when the start of a run is on the disk, so that it is known of even after a power cut.
   * Throws `internal` when it could not be stored: whoever started the run stops it then, and its
   * start key leads to it only if it had ended already. To be called in the turn that started the run.
   */
  expectStored(runId: string): Promise<void>
  close(): Promise<void>
}

interface Options {
  readonly directory: string
  /** Epoch milliseconds. */
  readonly now: () => number
  readonly readJson: ReadJson
  /** Told when entries could not be stored: the runs go on, their history has a hole. */
  readonly onLoss: (error: unknown) => void
  /** Told when the upkeep of the store failed; it is tried again a little later. */
  readonly onUpkeepFailure: (error: unknown) => void
  /** Told how many runs that nobody wrote any more were ended. */
  readonly onInterrupted: (count: number) => void
  readonly schedule: Schedule
  /** How many runs are to be kept, asked for each time before some are deleted. */
  readonly retention: () => Promise<Retention>
}

/** How often runs that nobody writes are looked for, and old ones. */
const tendingMs = 5000
const retainingMs = 60_000

/** What was appended is handed to the writer within so many milliseconds, for all runs at once. */
const flushMs = 100

/**
 * Opens the log of the data directory. Appending only touches memory: a run waits for no disk, and
 * readers that lag are served from the file.
 */
export async function createStoredRunLog(options: Options): Promise<StoredRunLog> {
  const { directory, now, readJson, schedule, retention } = options
  const { onLoss, onUpkeepFailure, onInterrupted } = options
  const file = join(directory, 'runs.db')
  const sqlite = openSqlite(file, { synchronous: 'NORMAL' })
  try {
    letShrink(sqlite)
  } catch (error) {
    // Its disk has no room for a second one, perhaps: deleted runs make room in it all the same.
    onUpkeepFailure(error)
  }
  const database = new Kysely<RunSchema>({ dialect: sqliteDialect(sqlite) })
  await migrate(database, 'runs.db')
  // The lock of the directory says that every other writer is gone.
  await database.deleteFrom('run_writers').execute()

  const archive = createRunArchive(database)
  const records = createRunRecords({ database, readJson })
  const writer = createRunWriter({ file, writer: randomUUID() })
  const outbox = createRunOutbox({ writer, now, onLoss })
  const rings = new Map<string, RunRing>()
  const listeners = new Map<string, Set<(entries: readonly LogEntry[]) => void>>()
  /** Those of which something is to be handed to the writer. */
  let fresh: RunRing[] = []
  let timer: NodeJS.Timeout | undefined
  const writes = new Set<Promise<void>>()

  function ringOf(runId: string, opening?: RunOpening): RunRing {
    const known = rings.get(runId)
    if (known !== undefined) return known
    const ring = new RunRing(runId, opening)
    rings.set(runId, ring)
    return ring
  }

  function append(ring: RunRing, entries: readonly LogEntry[]): void {
    if (!ring.hasUntaken) fresh.push(ring)
    ring.append(entries)
    timer ??= setTimeout(() => writeFresh(), flushMs)
    tell(ring.runId, entries)
  }

  function tell(runId: string, entries: readonly LogEntry[]): void {
    const following = listeners.get(runId)
    if (following !== undefined) for (const listener of following) listener(entries)
  }

  function writeFresh({ isSynced } = { isSynced: false }): void {
    clearTimeout(timer)
    timer = undefined
    if (fresh.length === 0 && !outbox.hasLeft) return
    const dealtWith = fresh.map(({ runId, head }) => ({ runId, head }))
    const taken = fresh.map(takeOf)
    fresh = []
    const write = outbox
      .send(taken, { isSynced })
      .then(() => settle(dealtWith))
      .finally(() => writes.delete(write))
    writes.add(write)
  }

  /** One run whose events cannot be written must not keep the others from being stored. */
  function takeOf(ring: RunRing): Taken {
    try {
      return ring.take()
    } catch (error) {
      onLoss(error)
      return { record: ring.record, chunk: undefined, opening: undefined }
    }
  }

  function settle(stored: readonly Pick<RunRing, 'runId' | 'head'>[]): void {
    for (const { runId, head } of stored) {
      const ring = rings.get(runId)
      ring?.settle(head)
      if (ring?.isSpent === true) rings.delete(runId)
    }
  }

  async function find(runId: string): Promise<RunRecord | undefined> {
    return rings.get(runId)?.record ?? outbox.find(runId) ?? records.find(runId)
  }

  async function read(runId: string, after: number, limit: number): Promise<LogPage> {
    const page = rings.get(runId)?.read(after, limit)
    if (page !== undefined) return page
    const stored = await archive.read(runId, after, limit)
    const isThere = stored.status === 'found' && (stored.isEnd || stored.entries.length > 0)
    return isThere || stored.status === 'gap' ? stored : readPastLoss(runId, { after })
  }

  /** What a reader gets for entries that are neither in memory nor in the file: they were lost. */
  async function readPastLoss(runId: string, { after }: { after: number }): Promise<LogPage> {
    const ring = rings.get(runId)
    if (ring !== undefined) return { status: 'gap', oldest: ring.oldest }
    const record = await find(runId)
    if (record === undefined) return { status: 'unknown' }
    // Of another process, or of one that is gone: the reader hears of its end when that is written.
    if (record.state === 'running') return { status: 'found', entries: [], isEnd: false }
    const end = lostEndOf(record, { seq: after + 1 })
    return { status: 'found', entries: [new LogEntry(end)], isEnd: true }
  }

  function listen(runId: string, listener: (entries: readonly LogEntry[]) => void): () => void {
    const following = listeners.get(runId) ?? new Set()
    listeners.set(runId, following)
    following.add(listener)
    return () => {
      following.delete(listener)
      if (following.size === 0) listeners.delete(runId)
    }
  }

  async function flush(): Promise<void> {
    writeFresh()
    await Promise.all(writes)
  }

  /** A run of which nothing is here and no end is on its way is nobody's, whatever the store says. */
  async function tend(): Promise<void> {
    // Nothing else may come that would take it along.
    if (outbox.hasLeft) writeFresh()
    const running = await records.running()
    const runIds = running.filter((id) => !rings.has(id) && outbox.find(id) === undefined)
    if (runIds.length === 0 && rings.size === 0) return
    const interrupted = await writer.call('tend', { runIds, now: now() })
    for (const { runId, end } of interrupted) tell(runId, [new LogEntry(end)])
    if (interrupted.length > 0) onInterrupted(interrupted.length)
  }

  await tend()
  const repetitions = [
    { pauseMs: tendingMs, work: tend },
    { pauseMs: retainingMs, work: async () => outbox.retain(await retention()) },
  ]
  const stops = repetitions.map((one) => repeat({ schedule, onFailure: onUpkeepFailure, ...one }))

  return {
    append: (runId, entries) => append(ringOf(runId), entries),
    read,
    listen,
    opening(opening) {
      let ring: RunRing | undefined
      return {
        append(runId, entries) {
          ring ??= ringOf(runId, opening)
          append(ring, entries)
        },
        read,
        listen,
      }
    },
    find,
    async list(query) {
      await flush()
      return records.list(query)
    },
    async latestOfFlows() {
      await flush()
      return records.latestOfFlows()
    },
    findStarted: records.findStarted,
    async findDocument(hash) {
      // A text never changes, so one that is there is the one, and only another may be on its way.
      const stored = await records.findDocument(hash)
      if (stored !== undefined) return stored
      await flush()
      return records.findDocument(hash)
    },
    async remove(selection) {
      await flush()
      return outbox.remove(selection)
    },
    flush,
    async expectStored(runId) {
      writeFresh({ isSynced: true })
      await Promise.all(writes)
      if ((await records.find(runId)) !== undefined) return
      const ring = rings.get(runId)
      if (ring?.record?.state === 'running') {
        // It is stopped, so the same start is to begin anew when it comes again.
        ring.forgetStartKey()
        outbox.forgetStartKey(runId)
      }
      throw new FlowError(
        'internal',
        'The start of the run could not be stored, so it was stopped. Look into the log of the server, and at the disk.',
      )
    },
    async close() {
      for (const stop of stops) stop()
      await flush()
      await writer.call('release', now()).catch(onUpkeepFailure)
      await writer.close()
      await database.destroy()
    },
  }
}
