import { expect, it } from 'vitest'
import { openSqlite } from '../database/sqlite.ts'
import { inTransaction } from './in-transaction.ts'

it('says what went wrong, also where that has undone the transaction already', () => {
  const database = openSqlite(':memory:', { synchronous: 'NORMAL' })
  database.exec('CREATE TABLE texts (text TEXT); PRAGMA max_page_count = 3')
  const put = database.prepare('INSERT INTO texts VALUES (?)')
  expect(() => inTransaction(database, () => put.run('x'.repeat(100_000)))).toThrow(
    'database or disk is full',
  )
  expect(inTransaction(database, () => put.run('x').changes)).toBe(1)
  database.close()
})
