import { DatabaseSync } from 'node:sqlite'
import { Kysely } from 'kysely'
import { expect, it } from 'vitest'
import { migrate } from '../database/migrate.ts'
import type { RunSchema } from '../database/schema.ts'
import { sqliteDialect } from '../database/sqlite-dialect.ts'
import type { RunRecord } from './run-record.ts'
import { rowOf } from './run-row.ts'
import { createStoreBatch } from './store-batch.ts'

const started: RunRecord = {
  id: 'run',
  flowId: 'mill',
  state: 'running',
  startedAt: 1,
  endedAt: null,
  usage: null,
  models: [],
  trace: 'summary',
  document: 'hash',
  sessionId: null,
  origin: 'client',
  parentRunId: null,
  againRunId: null,
  startedBy: null,
  environment: 'development',
}

it('writes the end of a run once: what comes later changes nothing', async () => {
  using database = new DatabaseSync(':memory:')
  await migrate(new Kysely<RunSchema>({ dialect: sqliteDialect(database) }), 'runs.db')
  const store = createStoreBatch(database, 'mine')
  for (const [state, endedAt] of [
    ['running', null],
    ['completed', 2],
    ['failed', 3],
    ['running', null],
  ] as const) {
    store({ records: [rowOf({ ...started, state, endedAt })], documents: [], chunks: [] })
  }
  expect(database.prepare('SELECT state, ended_at FROM runs').all()).toEqual([
    { state: 'completed', ended_at: 2 },
  ])
})
