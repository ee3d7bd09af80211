import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { openFreshStore } from '../testing/open-fresh-store.ts'

it('has what it commits on the disk, where no power cut takes it back', async () => {
  const { database, close } = await openFreshStore()
  const full = 2
  const { rows } = await sql`PRAGMA synchronous`.execute(database)
  expect(rows).toEqual([{ synchronous: full }])
  await close()
})
