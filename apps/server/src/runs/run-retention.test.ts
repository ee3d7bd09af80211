import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { Kysely } from 'kysely'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { letShrink } from '../database/let-shrink.ts'
import { migrate } from '../database/migrate.ts'
import { openSqlite } from '../database/sqlite.ts'
import { sqliteDialect } from '../database/sqlite-dialect.ts'
import { createRunRemoval, type RunRemoval } from './run-removal.ts'
import { createRetain, type Retain, type Retention } from './run-retention.ts'

let directory: string
let database: DatabaseSync
let removal: RunRemoval
let retain: Retain
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'millrace-retention-'))
  database = openSqlite(join(directory, 'runs.db'), { synchronous: 'NORMAL' })
  letShrink(database)
  await migrate(new Kysely({ dialect: sqliteDialect(database) }), 'runs.db')
  removal = createRunRemoval(database)
  retain = createRetain(database, removal)
})
afterEach(() => {
  database.close()
  rmSync(directory, { recursive: true })
})

const everything: Retention = { runs: 1000, age: 1e9, bytes: 1e9, flows: [] }

interface Row {
  readonly flow?: string
  readonly state?: string
  readonly characters?: number
  /** The run that called it. */
  readonly parent?: number
}

/** Stores a run that started at a time, which is its id too. */
function put(at: number, row: Row = {}): void {
  const { flow = 'mill', state = 'completed', characters = 10, parent } = row
  database
    .prepare(
      'INSERT INTO runs (id, flow_id, state, started_at, document, parent_run_id) VALUES (?, ?, ?, ?, ?, ?)',
    )
    .run(String(at), flow, state, at, `of ${flow}`, parent === undefined ? null : String(parent))
  database
    .prepare('INSERT INTO run_documents VALUES (?, ?) ON CONFLICT DO NOTHING')
    .run(`of ${flow}`, 'text')
  database
    .prepare('INSERT INTO run_events VALUES (?, 1, 1, ?)')
    .run(String(at), 'x'.repeat(characters))
}

const ids = (table = 'runs', column = 'id') =>
  database
    .prepare(`SELECT ${column} AS id FROM ${table} ORDER BY rowid`)
    .all()
    .map(({ id }) => id)

it('comes to its end in a file that cannot shrink, since its disk had no room to rewrite it', async () => {
  database.exec('PRAGMA auto_vacuum = NONE; VACUUM')
  for (const at of [1, 2, 3]) put(at, { characters: 2_000_000 })
  await retain({ ...everything, runs: 1 }, 10)
  let steps = 0
  while (removal.freeSome()) expect((steps += 1)).toBeLessThan(100)
  expect(ids()).toEqual(['3'])
  expect(ids('run_events', 'run_id')).toEqual(['3'])
})

it('keeps everything within its limits', async () => {
  for (const at of [1, 2, 3]) put(at)
  await retain(everything, 10)
  expect(ids()).toEqual(['1', '2', '3'])
})

it('keeps so many runs of all flows, and what goes on', async () => {
  put(1)
  put(2, { state: 'running' })
  for (const at of [3, 4, 5]) put(at, { flow: `flow ${at}` })
  await retain({ ...everything, runs: 2 }, 10)
  expect(ids()).toEqual(['2', '4', '5'])
  expect(ids('run_documents', 'hash')).toEqual(['of mill', 'of flow 4', 'of flow 5'])
})

it('keeps runs so long', async () => {
  for (const at of [1, 5, 9]) put(at)
  await retain({ ...everything, age: 5 }, 10)
  expect(ids()).toEqual(['5', '9'])
})

it('keeps fewer of a flow that wants fewer', async () => {
  for (const at of [1, 2, 3]) put(at)
  for (const at of [4, 5, 6]) put(at, { flow: 'race' })
  for (const at of [7, 8, 9]) put(at, { flow: 'pond' })
  const flows = [
    { flowId: 'mill', runs: 2, age: undefined },
    { flowId: 'race', runs: undefined, age: 5 },
  ]
  await retain({ ...everything, flows }, 10)
  expect(ids()).toEqual(['2', '3', '5', '6', '7', '8', '9'])
})

it('deletes the oldest until the file fits, and makes it smaller', async () => {
  for (let at = 1; at <= 100; at += 1) put(at, { characters: 50_000 })
  const bytes = 2_000_000
  await retain({ ...everything, bytes }, 1000)
  const kept = ids()
  expect(kept.at(-1)).toBe('100')
  expect(kept.length).toBeGreaterThan(25)
  expect(kept.length).toBeLessThan(40)
  expect(statSync(join(directory, 'runs.db')).size).toBeLessThan(bytes + 1_100_000)
})

it('[R13] waits for the disk once, however much it deletes, when all of it is deleted', async () => {
  for (let at = 1; at <= 100; at += 1) put(at, { characters: 50_000 })
  database.exec(`CREATE TABLE waits (run_id TEXT, synchronous INTEGER);
    CREATE TRIGGER noted AFTER INSERT ON removed_runs BEGIN
      INSERT INTO waits SELECT new.run_id, synchronous FROM pragma_synchronous;
    END`)
  const waits = () => database.prepare('SELECT * FROM waits').all()
  await retain({ ...everything, runs: 80, bytes: 2_000_000 }, 1000)
  const [normal, full] = [1, 2]
  const deleted = Array.from({ length: 100 - ids().length }, (_, index) => String(index + 1))
  expect(deleted.length).toBeGreaterThan(50)
  expect(waits()).toEqual([
    ...deleted.map((id) => ({ run_id: id, synchronous: normal })),
    { run_id: '', synchronous: full },
  ])

  database.exec('DELETE FROM waits')
  await retain({ ...everything, bytes: 2_000_000 }, 1000)
  expect([waits(), ids('removed_runs', 'run_id')]).toEqual([[], []])
})

it('deletes with a run those that it called, however deep, and no others', async () => {
  put(1)
  put(2, { parent: 1, flow: 'race' })
  put(3, { parent: 2, flow: 'pond' })
  put(4, { flow: 'race' })
  put(5, { parent: 4, flow: 'pond' })
  expect(await removal.where('id = ?')('1')).toBe(3)
  expect(ids()).toEqual(['4', '5'])
  expect(ids('run_documents', 'hash')).toEqual(['of race', 'of pond'])
  while (removal.freeSome());
  expect(ids('run_events', 'run_id')).toEqual(['4', '5'])
})

it('frees the room of deleted runs step by step, and goes on where it was cut off', async () => {
  put(1)
  const putEvent = database.prepare(`INSERT INTO run_events VALUES ('1', ?, ?, 'line')`)
  for (let seq = 2; seq <= 1000; seq += 1) putEvent.run(seq, seq)
  await removal.where('id = ?')('1')
  expect(removal.freeSome()).toBe(true)
  expect(ids('run_events', 'first_seq')).toHaveLength(800)
  const next = createRunRemoval(database)
  while (next.freeSome());
  expect(ids('run_events', 'first_seq')).toEqual([])
  expect(ids('removed_runs', 'run_id')).toEqual([])
})
