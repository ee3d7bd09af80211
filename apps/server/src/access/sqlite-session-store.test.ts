import { afterEach } from 'vitest'
import { openFreshStore } from '../testing/open-fresh-store.ts'
import { testSessionStore } from './session-store-contract.ts'
import { createSqliteSessionStore } from './sqlite-session-store.ts'

const opened: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const store of opened.splice(0)) await store.close()
})

testSessionStore('SQLite', async () => {
  const store = await openFreshStore()
  opened.push(store)
  return createSqliteSessionStore(store.database)
})
