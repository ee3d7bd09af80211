import { LogEntry, parseLogEntry, type LogPage } from '@millrace/engine'
import { sql, type Kysely } from 'kysely'
import type { RunSchema } from '../database/schema.ts'
import type { RunRecord } from './run-record.ts'
import { pageCharacters } from './run-ring.ts'
import { lostEnd } from './run-tables.ts'

/** Which runs a list shows. */
export interface RunQuery {
  readonly flowId: string | undefined
  readonly state: RunRecord['state'] | undefined
  readonly limit: number
}

/** The reading side of `runs.db`. */
export interface RunArchive {
  /** Like `RunLog.read`; an ended run read past its head answers its end again, marked `lost`. */
  read(runId: string, after: number, limit: number): Promise<LogPage>
  find(runId: string): Promise<RunRecord | undefined>
  /** The latest start first. */
  list(query: RunQuery): Promise<readonly RunRecord[]>
  /** The run of each flow that started last. */
  latestOfFlows(): Promise<ReadonlyMap<string, RunRecord>>
}

/** At most so many chunks make a page: each holds a tenth of a second of a run. */
const chunksInPage = 16

export function createRunArchive(database: Kysely<RunSchema>): RunArchive {
  /** What stands at the end of a run's log. */
  async function headOf(runId: string): Promise<LogEntry | undefined> {
    const row = await database
      .selectFrom('run_events')
      .select('lines')
      .where('run_id', '=', runId)
      .orderBy('first_seq', 'desc')
      .limit(1)
      .executeTakeFirst()
    const line = row?.lines.trimEnd().split('\n').at(-1)
    return line === undefined ? undefined : parseLogEntry(line)
  }

  /** The chunks after a number that make a page, by size: a single one may hold megabytes. */
  async function chunksOf(runId: string, after: number) {
    const wanted = database
      .selectFrom('run_events')
      .where('run_id', '=', runId)
      .where('last_seq', '>', after)
      .orderBy('first_seq')
    const sizes = await wanted
      .select(sql<number>`octet_length(lines)`.as('size'))
      .limit(chunksInPage)
      .execute()
    let total = 0
    const fitting = sizes.filter(({ size }) => (total += size) < pageCharacters)
    return wanted.select(['first_seq', 'lines']).limit(Math.max(1, fitting.length)).execute()
  }

  return {
    async read(runId, after, limit) {
      const rows = await chunksOf(runId, after)
      const [first] = rows
      if (first === undefined) return pastHead(await headOf(runId), after)
      if (first.first_seq > after + 1) return { status: 'gap', oldest: first.first_seq }
      const entries: LogEntry[] = []
      let characters = 0
      for (const { seq, line } of rows.flatMap(linesAfter(after))) {
        // A flush that failed left a hole: the next page answers with the gap.
        const isNext = seq === after + 1 + entries.length
        if (!isNext || entries.length === limit || characters > pageCharacters) break
        entries.push(parseLogEntry(line))
        characters += line.length
      }
      return { status: 'found', entries, isEnd: entries.at(-1)?.event.type === 'run-end' }
    },

    async find(runId) {
      const row = await database
        .selectFrom('runs')
        .selectAll()
        .where('id', '=', runId)
        .executeTakeFirst()
      return row && recordOf(row)
    },

    async list({ flowId, state, limit }) {
      let query = database.selectFrom('runs').selectAll()
      if (flowId !== undefined) query = query.where('flow_id', '=', flowId)
      if (state !== undefined) query = query.where('state', '=', state)
      const rows = await query.orderBy('started_at', 'desc').limit(limit).execute()
      return rows.map(recordOf)
    },

    async latestOfFlows() {
      const rows = await database
        .selectFrom('runs')
        .innerJoin(
          (inner) =>
            inner
              .selectFrom('runs')
              .select(({ fn }) => ['flow_id', fn.max('started_at').as('started_at')])
              .groupBy('flow_id')
              .as('latest'),
          (join) =>
            join
              .onRef('latest.flow_id', '=', 'runs.flow_id')
              .onRef('latest.started_at', '=', 'runs.started_at'),
        )
        .selectAll('runs')
        .execute()
      return new Map(rows.map((row) => [row.flow_id, recordOf(row)]))
    },
  }
}

/**
 * A reader that has everything is done. One that has more than is stored, or that waits for the end
 * of a run whose process died, saw events that were lost: it gets its end now, never silence.
 */
function pastHead(head: LogEntry | undefined, after: number): LogPage {
  if (head === undefined) return { status: 'unknown' }
  const { event } = head
  if (event.type !== 'run-end') return { status: 'found', entries: [], isEnd: false }
  if (after === event.seq && event.lost !== true)
    return { status: 'found', entries: [], isEnd: true }
  const end =
    event.lost === true ? lostEnd(after + 1, event.at) : { ...event, seq: after + 1, lost: true }
  return { status: 'found', entries: [new LogEntry(end)], isEnd: true }
}

/** The lines of a chunk with their numbers, those that a reader has left out; parsed when needed. */
function linesAfter(after: number) {
  return ({ first_seq, lines }: Pick<RunSchema['run_events'], 'first_seq' | 'lines'>) =>
    lines
      .trimEnd()
      .split('\n')
      .map((line, index) => ({ seq: first_seq + index, line }))
      .filter(({ seq }) => seq > after)
}

function recordOf(row: RunSchema['runs']): RunRecord {
  const parse = (text: string | null) => (text === null ? undefined : JSON.parse(text))
  return {
    id: row.id,
    flowId: row.flow_id,
    state: row.state as RunRecord['state'], // written from a record
    startedAt: row.started_at,
    endedAt: row.ended_at,
    usage: parse(row.usage) ?? null,
    ...(row.result === null ? {} : { result: parse(row.result) }),
    ...(row.error === null ? {} : { error: parse(row.error) }),
  }
}
