import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Kysely } from 'kysely'
import { afterEach } from 'vitest'
import { openStore } from '../database/open-store.ts'
import { createReadJson } from '../database/read-json.ts'
import type { StoreSchema } from '../database/schema.ts'
import { testPriceStore } from './price-store-contract.ts'
import { createSqlitePriceStore } from './sqlite-price-store.ts'

const opened: { database: Kysely<StoreSchema>; directory: string }[] = []
afterEach(async () => {
  for (const { database, directory } of opened.splice(0)) {
    await database.destroy()
    rmSync(directory, { recursive: true })
  }
})

testPriceStore('SQLite', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'millrace-prices-'))
  const { database } = await openStore(directory)
  opened.push({ database, directory })
  return createSqlitePriceStore({
    database,
    now: () => 1000,
    readJson: createReadJson(() => undefined),
  })
})
