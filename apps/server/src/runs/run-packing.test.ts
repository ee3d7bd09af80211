import fc from 'fast-check'
import { DatabaseSync } from 'node:sqlite'
import { LogEntry } from '@millrace/engine'
import { Kysely } from 'kysely'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { migrate } from '../database/migrate.ts'
import type { RunSchema } from '../database/schema.ts'
import { sqliteDialect } from '../database/sqlite-dialect.ts'
import { createRunArchive, type RunArchive } from './run-archive.ts'
import { createRunPacking, type RunPacking } from './run-packing.ts'

let database: DatabaseSync
let archive: RunArchive
let packing: RunPacking
beforeEach(async () => {
  database = new DatabaseSync(':memory:')
  const kysely = new Kysely<RunSchema>({ dialect: sqliteDialect(database) })
  await migrate(kysely, 'runs.db')
  archive = createRunArchive(kysely)
  packing = createRunPacking(database)
})
afterEach(() => database.close())

/** Stores a run whose flushes held so many events each, with texts so long. */
function put(id: string, flushes: readonly { events: number; characters: number }[]): void {
  database
    .prepare(`INSERT INTO runs (id, flow_id, state, started_at) VALUES (?, 'mill', 'completed', 1)`)
    .run(id)
  const putRow = database.prepare('INSERT INTO run_events VALUES (?, ?, ?, ?)')
  let seq = 0
  for (const { events, characters } of flushes) {
    const lines = Array.from({ length: events }, (_, index) => {
      const value = `ü${seq + index + 1}`.padEnd(characters, '🌾')
      return `${new LogEntry({ seq: seq + index + 1, at: 1, type: 'run-yield', visit: 2, value }).json}\n`
    })
    putRow.run(id, seq + 1, seq + events, lines.join(''))
    seq += events
  }
}

const rowsOf = (id: string) =>
  database
    .prepare(`SELECT typeof(lines) AS kind FROM run_events WHERE run_id = ? ORDER BY first_seq`)
    .all(id)
    .map(({ kind }) => kind)

/** Everything after a number, as a reader gets it page by page. */
async function readFrom(id: string, after: number, limit: number): Promise<string[]> {
  const lines: string[] = []
  while (true) {
    const page = await archive.read(id, after + lines.length, limit)
    if (page.status !== 'found') throw new Error(`The page is ${page.status}.`)
    if (page.entries.length === 0) return lines
    lines.push(...page.entries.map(({ json }) => json))
  }
}

it('gives every reader the same before, while and after a run is packed', async () => {
  const flush = fc.record({
    events: fc.integer({ min: 1, max: 40 }),
    characters: fc.integer({ min: 1, max: 4000 }),
  })
  let runs = 0
  await fc.assert(
    fc.asyncProperty(
      fc.array(flush, { minLength: 1, maxLength: 12 }),
      fc.nat({ max: 60 }),
      fc.integer({ min: 1, max: 100 }),
      async (flushes, after, limit) => {
        const id = `run ${(runs += 1)}`
        put(id, flushes)
        const before = await readFrom(id, 0, 1000)
        while (packing.packSome()) {
          expect(await readFrom(id, after, limit)).toEqual(before.slice(after))
        }
        expect(await readFrom(id, 0, 1000)).toEqual(before)
      },
    ),
    { numRuns: 20 },
  )
})

it('makes few rows of many, and leaves what is small, or runs', () => {
  put(
    'long',
    Array.from({ length: 300 }, () => ({ events: 10, characters: 100 })),
  )
  put('small', [{ events: 3, characters: 10 }])
  put(
    'running',
    Array.from({ length: 3 }, () => ({ events: 10, characters: 1000 })),
  )
  database.exec(`UPDATE runs SET state = 'running' WHERE id = 'running'`)
  while (packing.packSome());
  expect(rowsOf('long')).toEqual(Array.from({ length: 4 }, () => 'blob'))
  expect(rowsOf('small')).toEqual(['text'])
  expect(rowsOf('running')).toEqual(['text', 'text', 'text'])
})

it('goes on with what another process began, and keeps a gap', async () => {
  put(
    'one',
    Array.from({ length: 100 }, () => ({ events: 20, characters: 100 })),
  )
  database.exec(`DELETE FROM run_events WHERE first_seq = 101`)
  packing.packSome()
  const next = createRunPacking(database)
  while (next.packSome());
  expect(rowsOf('one')).not.toContain('text')
  expect(await readFrom('one', 120, 1000)).toHaveLength(1880)
  expect(await archive.read('one', 100, 1)).toEqual({ status: 'gap', oldest: 121 })
})
