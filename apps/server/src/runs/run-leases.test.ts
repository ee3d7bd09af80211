import { DatabaseSync } from 'node:sqlite'
import { Kysely } from 'kysely'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { migrate } from '../database/migrate.ts'
import type { RunSchema } from '../database/schema.ts'
import { sqliteDialect } from '../database/sqlite-dialect.ts'
import { createRunLeases } from './run-leases.ts'

let database: DatabaseSync
beforeEach(async () => {
  database = new DatabaseSync(':memory:')
  await migrate(new Kysely<RunSchema>({ dialect: sqliteDialect(database) }), 'runs.db')
})
afterEach(() => database.close())

function put(id: string, { state, writer }: { readonly state: string; readonly writer: string }) {
  database
    .prepare(
      `INSERT INTO runs (id, flow_id, state, started_at, writer) VALUES (?, 'mill', ?, 1, ?)`,
    )
    .run(id, state, writer)
}

const stateOf = (id: string) =>
  database.prepare('SELECT state FROM runs WHERE id = ?').get(id)?.['state']

const interruptedBy = (leases: ReturnType<typeof createRunLeases>, now: number) =>
  leases.interrupt(['run'], now).map(({ runId }) => runId)

it('leaves a run to its writer for as long as that renews its lease, and no longer', () => {
  const [mine, other] = [createRunLeases(database, 'mine'), createRunLeases(database, 'other')]
  put('run', { state: 'running', writer: 'mine' })
  for (let now = 0; now <= 60_000; now += 5000) {
    mine.renew(now)
    expect(interruptedBy(other, now)).toEqual([])
  }
  expect(interruptedBy(other, 74_999)).toEqual([])
  expect(interruptedBy(other, 75_000)).toEqual(['run'])
  expect(interruptedBy(mine, 75_000)).toEqual([])
})

it('ends a run of its own that it is told is lost, though its lease goes on', () => {
  const mine = createRunLeases(database, 'mine')
  put('run', { state: 'running', writer: 'mine' })
  mine.renew(0)
  expect(interruptedBy(mine, 1)).toEqual(['run'])
})

it('never ends a run again that has ended, whoever wrote that and however', () => {
  const mine = createRunLeases(database, 'mine')
  for (const state of ['completed', 'failed', 'cancelled', 'interrupted']) {
    put(state, { state, writer: 'mine' })
    expect(mine.interrupt([state], 1)).toEqual([])
    expect(stateOf(state)).toBe(state)
  }
})
