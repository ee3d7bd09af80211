import { afterEach } from 'vitest'
import { createReadJson } from '../database/read-json.ts'
import { openFreshStore } from '../testing/open-fresh-store.ts'
import { testKeyStore } from './key-store-contract.ts'
import { createSqliteKeyStore } from './sqlite-key-store.ts'

const opened: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const store of opened.splice(0)) await store.close()
})

testKeyStore('SQLite', async () => {
  const store = await openFreshStore()
  opened.push(store)
  return createSqliteKeyStore({
    database: store.database,
    readJson: createReadJson(() => undefined),
  })
})
