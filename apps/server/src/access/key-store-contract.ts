import { beforeEach, describe, expect, it } from 'vitest'
import type { KeyStore, StoredKey } from './key-store.ts'

const shop: StoredKey = {
  id: '00aa',
  name: 'Web shop',
  hash: 'ff00',
  policies: ['execute', 'mcp'],
  flows: ['rag-chat'],
  environment: 'test',
  limits: { requestsPerMinute: 60, concurrentRuns: null },
  createdAt: 1000,
  lastUsedAt: null,
  revokedAt: null,
}
const nightly: StoredKey = {
  ...shop,
  id: '00bb',
  name: 'Nightly',
  flows: 'all',
  environment: undefined,
  createdAt: 2000,
}

/** What every `KeyStore` must do. */
export function testKeyStore(name: string, create: () => Promise<KeyStore>): void {
  describe(`${name} as a store of API keys`, () => {
    let store: KeyStore
    beforeEach(async () => {
      store = await create()
    })

    it('keeps keys as they are, and lists the latest first', async () => {
      expect(await store.list()).toEqual([])
      await store.add(shop)
      await store.add(nightly)
      expect(await store.list()).toEqual([nightly, shop])
    })

    it('keeps that one was used, and then that it was revoked', async () => {
      await store.add(shop)
      await store.add(nightly)
      await store.update(shop.id, { lastUsedAt: 3000 })
      await store.update(shop.id, { revokedAt: 4000 })
      expect(await store.list()).toEqual([nightly, { ...shop, lastUsedAt: 3000, revokedAt: 4000 }])
    })

    it('refuses a second key with the same id', async () => {
      await store.add(shop)
      await expect(store.add({ ...nightly, id: shop.id })).rejects.toThrow()
    })
  })
}
