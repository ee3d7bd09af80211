import { Kysely, type LogEvent } from 'kysely'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import { migrate } from '../database/migrate.ts'
import { createReadJson } from '../database/read-json.ts'
import type { RunSchema } from '../database/schema.ts'
import { openSqlite } from '../database/sqlite.ts'
import { sqliteDialect } from '../database/sqlite-dialect.ts'
import { createRunArchive } from './run-archive.ts'
import { createRunPacking } from './run-packing.ts'
import { createRunRecords, type RunQuery } from './run-records.ts'

// How the store finds the rows of its queries: the thread of all runs waits while it does.
let file: DatabaseSync
let database: Kysely<RunSchema>
let queries: LogEvent['query'][] = []

beforeEach(async () => {
  file = openSqlite(':memory:', { synchronous: 'NORMAL' })
  database = new Kysely<RunSchema>({
    dialect: sqliteDialect(file),
    log: ({ query }) => void queries.push(query),
  })
  await migrate(database, 'runs.db')
  queries = []
})
afterEach(() => database.destroy())

function plans(): readonly string[] {
  return queries.map(({ sql, parameters }) => {
    const bound = parameters as readonly SQLInputValue[] // the same were bound when it was asked
    return planOf(sql, bound)
  })
}

function planOf(sql: string, bound: readonly SQLInputValue[] = []): string {
  const steps = file.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...bound)
  return steps.map(({ detail }) => String(detail)).join('\n')
}

it('reads a page of a log without going through the pages before it', async () => {
  await createRunArchive(database).read('run', 40_000, 1000)
  const [sizes, chunks] = plans()
  for (const plan of [sizes, chunks]) {
    expect(plan).toMatch(/run_events USING INDEX \S+ \(run_id=\? AND first_seq>\?\)/)
  }
})

it.each<Partial<RunQuery>>([
  {},
  { flowId: 'flow' },
  { state: 'failed' },
  { sessionId: 'session' },
  { origin: 'flow' },
  { from: 5, to: 10 },
  { state: 'failed', before: { startedAt: 5, id: 'run' } },
  { flowId: 'flow', state: 'failed', origin: 'client', from: 5 },
])('lists the runs of %o without sorting all that fit', async (query) => {
  await createRunRecords({ database, readJson: createReadJson(() => undefined) }).list({
    ...query,
    limit: 50,
  })
  const [plan] = plans()
  expect(plan).toMatch(/^(SEARCH|SCAN) runs USING INDEX/)
  expect(plan).not.toContain('TEMP B-TREE FOR ORDER BY')
})

it('reads no result for a list', async () => {
  const records = createRunRecords({ database, readJson: createReadJson(() => undefined) })
  await records.list({ limit: 50 })
  await records.latestOfFlows()
  for (const { sql } of queries) expect(sql).not.toMatch(/\*|"result"/)
})

it('finds the next run to pack without going through those that are packed', () => {
  const prepare = vi.spyOn(file, 'prepare')
  createRunPacking(file)
  const search = prepare.mock.calls.map(([sql]) => sql).find((sql) => sql.includes('is_packed = 0'))
  expect(planOf(search ?? '')).toBe('SEARCH runs USING INDEX runs_unpacked (state=?)')
})
