import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Kysely } from 'kysely'
import { afterEach } from 'vitest'
import { openStore } from '../database/open-store.ts'
import { createReadJson } from '../database/read-json.ts'
import type { StoreSchema } from '../database/schema.ts'
import { testScheduleStore } from './schedule-store-contract.ts'
import { createSqliteScheduleStore } from './sqlite-schedule-store.ts'

const opened: { database: Kysely<StoreSchema>; directory: string }[] = []
afterEach(async () => {
  for (const { database, directory } of opened.splice(0)) {
    await database.destroy()
    rmSync(directory, { recursive: true })
  }
})

testScheduleStore('SQLite', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'millrace-schedules-'))
  const { database } = await openStore(directory)
  opened.push({ database, directory })
  return createSqliteScheduleStore({ database, readJson: createReadJson(() => undefined) })
})
