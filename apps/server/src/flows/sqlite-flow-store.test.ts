import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Kysely } from 'kysely'
import { afterEach } from 'vitest'
import { openStore } from '../database/open-store.ts'
import type { StoreSchema } from '../database/schema.ts'
import { testFlowStore } from './flow-store-contract.ts'
import { createSqliteFlowStore } from './sqlite-flow-store.ts'

const opened: { database: Kysely<StoreSchema>; directory: string }[] = []
afterEach(async () => {
  for (const { database, directory } of opened.splice(0)) {
    await database.destroy()
    rmSync(directory, { recursive: true })
  }
})

testFlowStore('SQLite', async (now) => {
  const directory = mkdtempSync(join(tmpdir(), 'millrace-flows-'))
  const { database } = await openStore(directory)
  opened.push({ database, directory })
  return createSqliteFlowStore({ database, now })
})
