import { beforeEach, describe, expect, it } from 'vitest'
import type { FlowTestStore } from './flow-test-store.ts'

/** What every `FlowTestStore` must do; its times come from a clock that stands at 1000. */
export function testFlowTestStore(name: string, create: () => Promise<FlowTestStore>): void {
  describe(`${name} as a store of flow tests`, () => {
    let store: FlowTestStore
    beforeEach(async () => {
      store = await create()
    })

    it('keeps a text as it is, for its flow alone', async () => {
      const text = '{ "no": "tests", "emoji": "🌾" }'
      const saved = await store.save('mill', { text, basedOn: 0 })
      expect(saved).toEqual({ flowId: 'mill', text, revision: 1, updatedAt: 1000 })
      expect(await store.find('mill')).toEqual(saved)
      expect(await store.find('race')).toBeUndefined()
    })

    it('counts revisions up, and refuses what is based on another one', async () => {
      await store.save('mill', { text: 'one', basedOn: 0 })
      expect(await store.save('mill', { text: 'two', basedOn: 1 })).toMatchObject({ revision: 2 })
      for (const basedOn of [0, 1, 3]) {
        await expect(store.save('mill', { text: 'late', basedOn })).rejects.toMatchObject({
          code: 'conflict',
          details: { currentRevision: 2 },
        })
      }
      expect(await store.find('mill')).toMatchObject({ text: 'two' })
    })

    it('lets exactly one of two saves through that are based on the same revision', async () => {
      const saves = await Promise.allSettled(
        ['left', 'right'].map((text) => store.save('mill', { text, basedOn: 0 })),
      )
      expect(saves.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    })
  })
}
