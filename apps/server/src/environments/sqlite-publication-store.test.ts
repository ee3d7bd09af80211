import { afterEach } from 'vitest'
import { createSqliteFlowStore } from '../flows/sqlite-flow-store.ts'
import { openFreshStore } from '../testing/open-fresh-store.ts'
import { testPublicationStore } from './publication-store-contract.ts'
import { createSqlitePublicationStore } from './sqlite-publication-store.ts'

const opened: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const store of opened.splice(0)) await store.close()
})

testPublicationStore('SQLite', async (now) => {
  const store = await openFreshStore()
  opened.push(store)
  const { database } = store
  return {
    flows: createSqliteFlowStore({ database, now }),
    publications: createSqlitePublicationStore({ database, now }),
  }
})
