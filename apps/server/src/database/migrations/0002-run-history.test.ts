import { Kysely, sql } from 'kysely'
import { expect, it } from 'vitest'
import { openSqlite } from '../sqlite.ts'
import { sqliteDialect } from '../sqlite-dialect.ts'
import { runs } from './0001-runs.ts'
import { runHistory } from './0002-run-history.ts'

it('finds in the logs of before what ran, who started it, and its session', async () => {
  const file = openSqlite(':memory:', { synchronous: 'NORMAL' })
  await using database = new Kysely<unknown>({ dialect: sqliteDialect(file) })
  await runs(database)
  const start = { seq: 1, type: 'run-start', document: 'hash', trace: 'full' }
  const lines = [
    `${JSON.stringify({ ...start, input: { sessionId: 's1' } })}\n{"seq":2}\n`,
    `${JSON.stringify({ ...start, trace: 'summary', input: { sessionId: 5 } })}\n`,
  ]
  await sql`insert into runs (id, flow_id, state, started_at) values
    ('designed', 'mill', 'completed', 1), ('called', 'mill', 'running', 2), ('lost', 'mill', 'failed', 3)`.execute(
    database,
  )
  await sql`insert into run_events values
    ('designed', 1, 2, ${lines[0]}), ('called', 1, 1, ${lines[1]}), ('lost', 5, 5, '{"seq":5}')`.execute(
    database,
  )

  await runHistory(database)

  const rows = await sql`
    select document, trace, origin, session_id, models, is_packed from runs order by started_at
  `.execute(database)
  const others = { models: '[]', is_packed: 0 }
  expect(rows.rows.map((row) => ({ ...(row as object) }))).toEqual([
    { document: 'hash', trace: 'full', origin: 'designer', session_id: 's1', ...others },
    { document: 'hash', trace: 'summary', origin: 'client', session_id: null, ...others },
    { document: '', trace: 'summary', origin: 'client', session_id: null, ...others },
  ])
})
