import { Kysely, type LogEvent } from 'kysely'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import { migrate } from '../database/migrate.ts'
import type { RunSchema } from '../database/schema.ts'
import { openSqlite } from '../database/sqlite.ts'
import { sqliteDialect } from '../database/sqlite-dialect.ts'
import { createRunArchive } from './run-archive.ts'

// How the store finds the rows of its queries: the thread of all runs waits while it does.
let file: DatabaseSync
let database: Kysely<RunSchema>
let queries: LogEvent['query'][] = []

beforeEach(async () => {
  file = openSqlite(':memory:', { synchronous: 'NORMAL' })
  database = new Kysely<RunSchema>({
    dialect: sqliteDialect(file),
    log: ({ query }) => {
      queries.push(query)
    },
  })
  await migrate(database, 'runs.db')
  queries = []
})
afterEach(() => database.destroy())

function plans(): readonly string[] {
  return queries.map(({ sql, parameters }) => {
    const bound = parameters as readonly SQLInputValue[] // the same were bound when it was asked
    const steps = file.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...bound)
    return steps.map(({ detail }) => String(detail)).join('\n')
  })
}

it('reads a page of a log without going through the pages before it', async () => {
  await createRunArchive(database).read('run', 40_000, 1000)
  const [sizes, chunks] = plans()
  for (const plan of [sizes, chunks]) {
    expect(plan).toMatch(/run_events USING INDEX \S+ \(run_id=\? AND first_seq>\?\)/)
  }
})
