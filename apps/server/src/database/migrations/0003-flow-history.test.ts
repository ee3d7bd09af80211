import { Kysely, sql } from 'kysely'
import { expect, it } from 'vitest'
import { openSqlite } from '../sqlite.ts'
import { sqliteDialect } from '../sqlite-dialect.ts'
import { flowsAndConnections } from './0001-flows-and-connections.ts'
import { flowHistory } from './0003-flow-history.ts'

it('finds the flows that were deleted before, and how long each revision is', async () => {
  const file = openSqlite(':memory:', { synchronous: 'FULL' })
  await using database = new Kysely<unknown>({ dialect: sqliteDialect(file) })
  await flowsAndConnections(database)
  await sql`insert into flows values ('kept', 1, 'k', 5)`.execute(database)
  await sql`
    insert into flow_revisions values ('kept', 1, 'k', 5), ('gone', 1, 'ä', 6), ('gone', 2, 'b', 7)
  `.execute(database)

  await flowHistory(database)

  const deleted = await sql`select * from deleted_flows`.execute(database)
  expect(deleted.rows).toMatchObject([{ flow_id: 'gone', revision: 2, deleted_at: 7 }])
  const lengths = await sql`
    select document, name, bytes from flow_revisions order by document
  `.execute(database)
  expect(lengths.rows).toMatchObject([
    { document: 'b', name: null, bytes: 1 },
    { document: 'k', name: null, bytes: 1 },
    { document: 'ä', name: null, bytes: 2 },
  ])
})
