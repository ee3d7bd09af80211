import { Kysely } from 'kysely'
import { expect, it } from 'vitest'
import { openSqlite } from './sqlite.ts'
import { sqliteDialect } from './sqlite-dialect.ts'

it('says what went wrong, also where that has undone the transaction already', async () => {
  const file = openSqlite(':memory:', { synchronous: 'NORMAL' })
  file.exec('CREATE TABLE texts (text TEXT); PRAGMA max_page_count = 3')
  await using database = new Kysely<{ texts: { text: string } }>({ dialect: sqliteDialect(file) })
  const put = (text: string) =>
    database
      .transaction()
      .execute((inside) => inside.insertInto('texts').values({ text }).execute())
  await expect(put('x'.repeat(100_000))).rejects.toThrow('database or disk is full')
  await put('x')
  expect(await database.selectFrom('texts').select('text').execute()).toEqual([{ text: 'x' }])
})
