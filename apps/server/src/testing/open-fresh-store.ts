import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Kysely } from 'kysely'
import { openStore } from '../database/open-store.ts'
import type { StoreSchema } from '../database/schema.ts'

/** Opens `millrace.db` in a fresh directory. */
export async function openFreshStore(): Promise<{
  readonly database: Kysely<StoreSchema>
  close(): Promise<void>
}> {
  const directory = mkdtempSync(join(tmpdir(), 'millrace-store-'))
  const database = await openStore(directory)
  return {
    database,
    async close() {
      await database.destroy()
      rmSync(directory, { recursive: true })
    },
  }
}
