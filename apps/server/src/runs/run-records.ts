import { sql, type Kysely } from 'kysely'
import type { ReadJson } from '../database/read-json.ts'
import type { RunSchema } from '../database/schema.ts'
import { isUsage } from './is-usage.ts'
import type { RunRecord } from './run-record.ts'
import { isErrorShape, isJson, isModels } from './stored-values.ts'

/** Which runs a list shows; what is `undefined` lets all through. */
export interface RunQuery {
  readonly flowId?: string | undefined
  readonly state?: RunRecord['state'] | undefined
  readonly sessionId?: string | undefined
  readonly origin?: RunRecord['origin'] | undefined
  readonly environment?: RunRecord['environment'] | undefined
  /** Epoch milliseconds: that started then or later, and before then. */
  readonly from?: number | undefined
  readonly to?: number | undefined
  readonly limit: number
  /** Only what stands behind this one in the list. */
  readonly before?: RunPosition | undefined
}

/** Where a run stands in a list: runs that start or are deleted meanwhile do not move it. */
export type RunPosition = Pick<RunRecord, 'startedAt' | 'id'>

/** A page of a list, the latest start first; its runs lack their results. */
export interface RunPage {
  readonly runs: readonly RunRecord[]
  /** Whether more runs fit, behind the last of these. */
  readonly hasMore: boolean
}

/** The stored records of runs, and the documents that they ran. */
export interface RunRecords {
  find(runId: string): Promise<RunRecord | undefined>
  list(query: RunQuery): Promise<RunPage>
  /** The run of each flow that started last, without its result. */
  latestOfFlows(): Promise<ReadonlyMap<string, RunRecord>>
  /** The canonical text of a document that a run ran, by its content hash. */
  findDocument(hash: string): Promise<string | undefined>
  /** The run that a client started with a key. */
  findStarted(flowId: string, key: string): Promise<RunRecord | undefined>
  /** The ids of those that run, as far as the store knows. */
  running(): Promise<readonly string[]>
}

interface Options {
  readonly database: Kysely<RunSchema>
  readonly readJson: ReadJson
}

export function createRunRecords({ database, readJson }: Options): RunRecords {
  const recordOf = (row: ListedRow & AskedColumns) => recordIn(row, readJson)
  return {
    async find(runId) {
      const row = await database
        .selectFrom('runs')
        .selectAll()
        .select(ranAgainAs)
        .where('id', '=', runId)
        .executeTakeFirst()
      return row && recordOf(row)
    },

    async list({ flowId, state, sessionId, origin, environment, from, to, limit, before }) {
      let query = database.selectFrom('runs').select(listedColumns).select(ranAgainAs)
      if (flowId !== undefined) query = query.where('flow_id', '=', flowId)
      if (state !== undefined) query = query.where('state', '=', state)
      if (sessionId !== undefined) query = query.where('session_id', '=', sessionId)
      if (origin !== undefined) query = query.where('origin', '=', origin)
      if (environment !== undefined) query = query.where('environment', '=', environment)
      if (from !== undefined) query = query.where('started_at', '>=', from)
      if (to !== undefined) query = query.where('started_at', '<', to)
      if (before !== undefined) {
        query = query.where(({ eb, refTuple, tuple }) =>
          eb(refTuple('started_at', 'id'), '<', tuple(before.startedAt, before.id)),
        )
      }
      const rows = await query
        .orderBy('started_at', 'desc')
        .orderBy('id', 'desc')
        .limit(limit + 1)
        .execute()
      return { runs: rows.slice(0, limit).map(recordOf), hasMore: rows.length > limit }
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
        .select(listedColumns)
        .execute()
      return new Map(rows.map((row) => [row.flow_id, recordOf(row)]))
    },

    async findDocument(hash) {
      const row = await database
        .selectFrom('run_documents')
        .select('text')
        .where('hash', '=', hash)
        .executeTakeFirst()
      return row?.text
    },

    async findStarted(flowId, key) {
      const row = await database
        .selectFrom('runs')
        .selectAll()
        .where('flow_id', '=', flowId)
        .where('start_key', '=', key)
        .executeTakeFirst()
      return row && recordOf(row)
    },

    async running() {
      const rows = await database
        .selectFrom('runs')
        .select('id')
        .where('is_packed', '=', 0)
        .where('state', '=', 'running')
        .execute()
      return rows.map(({ id }) => id)
    },
  }
}

/** All but the result, which may be large. */
const listedColumns = [
  'runs.id',
  'runs.flow_id',
  'runs.state',
  'runs.started_at',
  'runs.ended_at',
  'runs.usage',
  'runs.error',
  'runs.trace',
  'runs.document',
  'runs.session_id',
  'runs.origin',
  'runs.parent_run_id',
  'runs.environment',
  'runs.models',
  'runs.start_key',
  'runs.start_hash',
  'runs.again_run_id',
  'runs.started_by',
] as const

/** The latest run that runs a selected one again. */
const ranAgainAs = sql<string | null>`(
  select later.id from runs as later
  where later.again_run_id = runs.id
  order by later.started_at desc limit 1
)`.as('ran_again_as')

type ListedRow = Omit<RunSchema['runs'], 'result' | 'writer' | 'is_packed'>

/** What is asked for only where it is wanted. */
interface AskedColumns {
  readonly result?: string | null
  readonly ran_again_as?: string | null
}

function recordIn(row: ListedRow & AskedColumns, readJson: ReadJson): RunRecord {
  const stored = { table: 'runs', id: row.id }
  const read = <Value>(text: string | null | undefined, isRight: (v: unknown) => v is Value) =>
    text == null ? undefined : readJson(text, { ...stored, isRight })
  const result = read(row.result, isJson)
  const error = read(row.error, isErrorShape)
  return {
    id: row.id,
    flowId: row.flow_id,
    state: row.state as RunRecord['state'], // written from a record, like `trace` and `origin`
    startedAt: row.started_at,
    endedAt: row.ended_at,
    usage: read(row.usage, isUsage) ?? null,
    models: read(row.models, isModels) ?? [],
    trace: row.trace as RunRecord['trace'],
    document: row.document,
    sessionId: row.session_id,
    origin: row.origin as RunRecord['origin'],
    parentRunId: row.parent_run_id,
    againRunId: row.again_run_id,
    ...(row.ran_again_as == null ? {} : { ranAgainAs: row.ran_again_as }),
    startedBy: row.started_by,
    environment: row.environment as RunRecord['environment'],
    ...(row.start_key === null || row.start_hash === null
      ? {}
      : { startKey: { key: row.start_key, hash: row.start_hash } }),
    ...(result === undefined ? {} : { result }),
    ...(error === undefined ? {} : { error }),
  }
}
