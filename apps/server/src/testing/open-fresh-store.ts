import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStore, type Store } from '../database/open-store.ts'

/** Opens `millrace.db` in a fresh directory. */
export async function openFreshStore(): Promise<Store & { close(): Promise<void> }> {
  const directory = mkdtempSync(join(tmpdir(), 'millrace-store-'))
  const store = await openStore(directory)
  return {
    ...store,
    async close() {
      await store.database.destroy()
      rmSync(directory, { recursive: true })
    },
  }
}
