import { beforeEach, describe, expect, it } from 'vitest'
import type { FlowStore } from './flow-store.ts'

/** What every `FlowStore` must do; its times come from the clock that it is made with. */
export function testFlowStore(
  name: string,
  create: (now: () => number) => Promise<FlowStore>,
): void {
  describe(`${name} as a flow store`, () => {
    let store: FlowStore
    let time: number
    beforeEach(async () => {
      time = 1000
      store = await create(() => time)
    })

    it('finds the flows in whose text something stands', async () => {
      await store.create('mill', '{ "keep": 1 }')
      await store.create('race', '{ "Keep": 1, "percent": "%" }')
      const found = async (part: string) => (await store.containing(part)).map(({ id }) => id)
      expect(await found('"keep"')).toEqual(['mill'])
      expect(await found('%')).toEqual(['race'])
      expect(await found('none')).toEqual([])
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

    it('keeps what a deleted flow was, and brings it back under the same revision', async () => {
      await store.create('mill', 'one')
      const last = await store.save('mill', { text: 'two', basedOn: 1 })
      await store.remove('mill', { basedOn: 2 })
      expect(await store.listDeleted()).toEqual([{ ...last, deletedAt: 1000 }])
      expect(await store.restore('mill')).toEqual(last)
      expect(await store.find('mill')).toEqual(last)
      expect(await store.listDeleted()).toEqual([])
      expect(await store.save('mill', { text: 'three', basedOn: 2 })).toMatchObject({ revision: 3 })
    })

    it('brings back what is deleted only', async () => {
      await expect(store.restore('mill')).rejects.toMatchObject({ code: 'not_found' })
      await store.create('mill', 'one')
      await expect(store.restore('mill')).rejects.toMatchObject({ code: 'conflict' })
    })

    it('has the revisions of the deleted flow whose id a new one takes', async () => {
      await store.create('mill', 'one')
      await store.remove('mill', { basedOn: 1 })
      await store.create('mill', 'another')
      expect(await store.listDeleted()).toEqual([])
      const revisions = await store.revisions('mill', { before: undefined, limit: 9 })
      expect(revisions.map(({ text }) => text)).toEqual(['another', 'one'])
    })

    it('lets either a restore or a new flow of the same id through, and loses neither', async () => {
      await store.create('mill', 'old')
      await store.remove('mill', { basedOn: 1 })
      const both = await Promise.allSettled([store.restore('mill'), store.create('mill', 'new')])
      expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
      const revisions = await store.revisions('mill', { before: undefined, limit: 9 })
      expect(revisions.map(({ text }) => text)).toContain('old')
    })

    it('keeps a save that races with a delete, whichever comes first', async () => {
      await store.create('mill', 'one')
      const [save] = await Promise.allSettled([
        store.save('mill', { text: 'two', basedOn: 1 }),
        store.remove('mill', { basedOn: undefined }),
      ])
      const [deleted] = await store.listDeleted()
      expect(deleted?.text).toBe(save.status === 'fulfilled' ? 'two' : 'one')
    })

    it('lists revisions page by page, the newest first', async () => {
      await store.create('mill', '1')
      for (const basedOn of [1, 2, 3]) {
        await store.save('mill', { text: String(basedOn + 1), basedOn })
      }
      const page = await store.revisions('mill', { before: undefined, limit: 2 })
      expect(page).toEqual([
        { revision: 4, text: '4', savedAt: 1000, name: undefined },
        { revision: 3, text: '3', savedAt: 1000, name: undefined },
      ])
      const rest = await store.revisions('mill', { before: 3, limit: 9 })
      expect(rest.map(({ revision }) => revision)).toEqual([2, 1])
      expect(await store.revisions('race', { before: undefined, limit: 9 })).toEqual([])
    })

    it('reads one revision, named or not', async () => {
      await store.create('mill', 'one')
      const named = { revision: 1, text: 'one', savedAt: 1000, name: 'before the demo' }
      expect(await store.nameRevision('mill', 1, 'before the demo')).toEqual(named)
      expect(await store.findRevision('mill', 1)).toEqual(named)
      expect(await store.nameRevision('mill', 1, undefined)).toMatchObject({ name: undefined })
      expect(await store.findRevision('mill', 2)).toBeUndefined()
      await expect(store.nameRevision('mill', 2, 'x')).rejects.toMatchObject({ code: 'not_found' })
    })

    it('gives a name to no more than a hundred revisions of a flow', async () => {
      await store.create('mill', 'one')
      for (let basedOn = 1; basedOn <= 100; basedOn += 1) {
        await store.nameRevision('mill', basedOn, 'kept')
        await store.save('mill', { text: 'next', basedOn })
      }
      await expect(store.nameRevision('mill', 101, 'x')).rejects.toMatchObject({
        code: 'limit_exceeded',
        details: { max: 100 },
      })
      expect(await store.nameRevision('mill', 100, 'anew')).toMatchObject({ name: 'anew' })
    })

    it('thins out old revisions with a save, but neither the first, the last nor a named one', async () => {
      await store.create('mill', '1')
      for (const basedOn of [1, 2, 3, 4]) {
        time += 1000
        await store.save('mill', { text: String(basedOn + 1), basedOn })
      }
      await store.nameRevision('mill', 3, 'kept')
      time += 20 * 60_000
      await store.save('mill', { text: '6', basedOn: 5 })
      const kept = async () =>
        (await store.revisions('mill', { before: undefined, limit: 99 })).map(({ text }) => text)
      expect(await kept()).toEqual(['6', '5', '3', '1'])
      expect(await store.find('mill')).toMatchObject({ text: '6', revision: 6 })

      // What was deleted waits, however long, and what is done with others does not touch it.
      await store.remove('mill', { basedOn: 6 })
      time += 400 * 86_400_000
      await store.create('race', 'one')
      await store.save('race', { text: 'two', basedOn: 1 })
      expect(await kept()).toEqual(['6', '5', '3', '1'])
      expect(await store.restore('mill')).toMatchObject({ text: '6', revision: 6 })
      await store.save('mill', { text: '7', basedOn: 6 })
      expect(await kept()).toEqual(['7', '6', '3', '1'])
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
