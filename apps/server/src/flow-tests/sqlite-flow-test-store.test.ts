import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Kysely } from 'kysely'
import { afterEach } from 'vitest'
import { openStore } from '../database/open-store.ts'
import type { StoreSchema } from '../database/schema.ts'
import { testFlowTestStore } from './flow-test-store-contract.ts'
import { createSqliteFlowTestStore } from './sqlite-flow-test-store.ts'

const opened: { database: Kysely<StoreSchema>; directory: string }[] = []
afterEach(async () => {
  for (const { database, directory } of opened.splice(0)) {
    await database.destroy()
    rmSync(directory, { recursive: true })
  }
})

testFlowTestStore('SQLite', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'millrace-flow-tests-'))
  const { database } = await openStore(directory)
  opened.push({ database, directory })
  return createSqliteFlowTestStore({ database, now: () => 1000 })
})
