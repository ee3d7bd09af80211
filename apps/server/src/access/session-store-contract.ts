import { beforeEach, describe, expect, it } from 'vitest'
import type { SessionStore } from './session-store.ts'

/** What every `SessionStore` must do. */
export function testSessionStore(name: string, create: () => Promise<SessionStore>): void {
  describe(`${name} as a store of sessions`, () => {
    let store: SessionStore
    beforeEach(async () => {
      store = await create()
    })

    it('keeps a session until it is removed', async () => {
      const session = { hash: 'aa', expiresAt: 2000 }
      await store.add(session, 1000)
      expect(await store.find('aa')).toEqual(session)
      await store.remove('aa')
      await store.remove('aa')
      expect(await store.find('aa')).toBeUndefined()
    })

    it('forgets what expired when another one is added', async () => {
      await store.add({ hash: 'aa', expiresAt: 2000 }, 1000)
      await store.add({ hash: 'bb', expiresAt: 3000 }, 2000)
      expect(await store.find('aa')).toBeUndefined()
      expect(await store.find('bb')).toEqual({ hash: 'bb', expiresAt: 3000 })
    })
  })
}
