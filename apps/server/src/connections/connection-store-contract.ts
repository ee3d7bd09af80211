import { beforeEach, describe, expect, it } from 'vitest'
import type { ConnectionStore } from './connection-store.ts'

const content = { name: 'Team', fields: { baseUrl: 'https://a.example' }, secrets: { apiKey: 'x' } }
const team = { id: 'team', kind: 'openai', ...content }

/** What every `ConnectionStore` must do; its times come from a clock that stands at 1000. */
export function testConnectionStore(name: string, create: () => Promise<ConnectionStore>): void {
  describe(`${name} as a connection store`, () => {
    let store: ConnectionStore
    beforeEach(async () => {
      store = await create()
    })

    it('keeps a connection with its sealed secrets', async () => {
      const created = await store.create(team)
      expect(created).toEqual({ ...team, isDamaged: false, revision: 1, updatedAt: 1000 })
      expect(await store.find('team')).toEqual(created)
      expect(await store.list()).toEqual([created])
      expect(await store.find('other')).toBeUndefined()
    })

    it('refuses an id that is taken', async () => {
      await store.create(team)
      await expect(store.create(team)).rejects.toMatchObject({ code: 'conflict' })
    })

    it('replaces content, but not the kind', async () => {
      await store.create(team)
      const change = { name: 'New', fields: {}, secrets: {} }
      expect(await store.replace('team', { ...change, basedOn: 1 })).toEqual({
        id: 'team',
        kind: 'openai',
        ...change,
        isDamaged: false,
        revision: 2,
        updatedAt: 1000,
      })
    })

    it('refuses a stale change and says which revision is current', async () => {
      await store.create(team)
      await store.replace('team', { ...content, basedOn: 1 })
      await expect(store.replace('team', { ...content, basedOn: 1 })).rejects.toMatchObject({
        code: 'conflict',
        details: { currentRevision: 2 },
      })
    })

    it('deletes', async () => {
      await store.create(team)
      await store.remove('team', { basedOn: 1 })
      expect(await store.list()).toEqual([])
      await expect(store.remove('team', { basedOn: undefined })).rejects.toMatchObject({
        code: 'not_found',
      })
    })
  })
}
