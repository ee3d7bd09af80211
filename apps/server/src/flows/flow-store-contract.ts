import { beforeEach, describe, expect, it } from 'vitest'
import type { FlowStore } from './flow-store.ts'

/** What every `FlowStore` must do; its times come from a clock that stands at 1000. */
export function testFlowStore(name: string, create: () => Promise<FlowStore>): void {
  describe(`${name} as a flow store`, () => {
    let store: FlowStore
    beforeEach(async () => {
      store = await create()
    })

    it('keeps a text as it is, under a first revision', async () => {
      const text = '{ "no": "flow", "emoji": "🌾" }'
      const created = await store.create('mill', text)
      expect(created).toEqual({ id: 'mill', text, revision: 1, updatedAt: 1000 })
      expect(await store.find('mill')).toEqual(created)
      expect(await store.find('race')).toBeUndefined()
    })

    it('refuses an id that is taken', async () => {
      await store.create('mill', 'one')
      await expect(store.create('mill', 'two')).rejects.toMatchObject({ code: 'conflict' })
      expect(await store.find('mill')).toMatchObject({ text: 'one' })
    })

    it('counts revisions up with each save', async () => {
      await store.create('mill', 'one')
      expect(await store.save('mill', { text: 'two', basedOn: 1 })).toMatchObject({ revision: 2 })
      expect(await store.find('mill')).toMatchObject({ text: 'two', revision: 2 })
    })

    it('refuses a stale save and says which revision is current', async () => {
      await store.create('mill', 'one')
      await store.save('mill', { text: 'two', basedOn: 1 })
      await expect(store.save('mill', { text: 'late', basedOn: 1 })).rejects.toMatchObject({
        code: 'conflict',
        details: { currentRevision: 2 },
      })
      expect(await store.find('mill')).toMatchObject({ text: 'two' })
    })

    it('lets exactly one of two saves through that are based on the same revision', async () => {
      await store.create('mill', 'one')
      const saves = await Promise.allSettled(
        ['left', 'right'].map((text) => store.save('mill', { text, basedOn: 1 })),
      )
      expect(saves.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    })

    it('does not save what is not there', async () => {
      await expect(store.save('mill', { text: 'one', basedOn: 1 })).rejects.toMatchObject({
        code: 'not_found',
      })
    })

    it('gives no number twice, even when a flow is deleted and made again', async () => {
      await store.create('mill', 'one')
      await store.remove('mill', { basedOn: 1 })
      expect(await store.find('mill')).toBeUndefined()
      expect(await store.create('mill', 'again')).toMatchObject({ revision: 2 })
    })

    it('deletes without a revision, but not with a stale one', async () => {
      await store.create('mill', 'one')
      await expect(store.remove('mill', { basedOn: 7 })).rejects.toMatchObject({ code: 'conflict' })
      await store.remove('mill', { basedOn: undefined })
      await expect(store.remove('mill', { basedOn: undefined })).rejects.toMatchObject({
        code: 'not_found',
      })
    })

    it('lists by id', async () => {
      await store.create('b', '2')
      await store.create('a', '1')
      expect((await store.list()).map(({ id }) => id)).toEqual(['a', 'b'])
    })

    it('is fresh until the first flow was saved, and never again', async () => {
      expect(await store.isFresh()).toBe(true)
      await store.create('mill', 'one')
      await store.remove('mill', { basedOn: 1 })
      expect(await store.isFresh()).toBe(false)
    })
  })
}
