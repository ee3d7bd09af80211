import { beforeEach, describe, expect, it } from 'vitest'
import { closedSettings, type PublicSettings } from './public-access.ts'
import type { PublicAccessStore } from './public-access-store.ts'

const open: PublicSettings = {
  mode: 'anonymous',
  origins: ['https://shop.test'],
  limits: { perMinute: 5, perSession: 50, perDay: 500 },
}

/** What every `PublicAccessStore` must do. */
export function testPublicAccessStore(
  name: string,
  create: () => Promise<PublicAccessStore>,
): void {
  describe(`${name} as a store of public access`, () => {
    let store: PublicAccessStore
    beforeEach(async () => {
      store = await create()
    })

    it('is closed for a flow that was never opened, and keeps what is saved', async () => {
      const closed = { settings: closedSettings, revision: 0, secretId: undefined }
      expect(await store.find('chat')).toEqual(closed)
      const saved = { settings: open, revision: 1, secretId: undefined }
      expect(await store.save('chat', { settings: open, basedOn: 0 })).toEqual(saved)
      expect(await store.find('chat')).toEqual(saved)
      expect(await store.find('other')).toEqual(closed)
    })

    it('refuses what is based on another revision', async () => {
      await store.save('chat', { settings: open, basedOn: 0 })
      await expect(store.save('chat', { settings: open, basedOn: 0 })).rejects.toMatchObject({
        code: 'conflict',
        details: { currentRevision: 1 },
      })
    })

    it('keeps a secret beside the settings, which go on without it', async () => {
      await store.saveSecretId('chat', 'first')
      await store.save('chat', { settings: open, basedOn: 1 })
      await store.saveSecretId('chat', 'second')
      expect(await store.find('chat')).toEqual({
        settings: open,
        revision: 3,
        secretId: 'second',
      })
    })

    it('knows the origins of the flows that are open', async () => {
      await store.save('chat', { settings: open, basedOn: 0 })
      expect(await store.listsOrigin('https://shop.test')).toBe(true)
      expect(await store.listsOrigin('https://shop.test:444')).toBe(false)
      await store.save('chat', { settings: { ...open, mode: 'off' }, basedOn: 1 })
      expect(await store.listsOrigin('https://shop.test')).toBe(false)
    })

    it('counts the messages of each flow, and begins anew with each day', async () => {
      const counts = [
        await store.countMessage('chat', '2026-01-30'),
        await store.countMessage('chat', '2026-01-30'),
        await store.countMessage('other', '2026-01-30'),
        await store.countMessage('chat', '2026-01-31'),
        await store.countMessage('chat', '2026-01-31'),
      ]
      expect(counts).toEqual([1, 2, 1, 1, 2])
    })
  })
}
