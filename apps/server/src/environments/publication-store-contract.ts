import { beforeEach, describe, expect, it } from 'vitest'
import type { FlowStore } from '../flows/flow-store.ts'
import type { PublicationStore } from './publication-store.ts'

/** What every `PublicationStore` must do, beside the flows whose revisions it publishes. */
export function testPublicationStore(
  name: string,
  create: (
    now: () => number,
  ) => Promise<{ readonly flows: FlowStore; readonly publications: PublicationStore }>,
): void {
  describe(`${name} as a publication store`, () => {
    let flows: FlowStore
    let publications: PublicationStore
    let time: number
    beforeEach(async () => {
      time = 1000
      ;({ flows, publications } = await create(() => time))
      await flows.create('mill', 'one')
      await flows.save('mill', { text: 'two', basedOn: 1 })
    })

    const production = { environment: 'production', revision: 1 } as const

    it('publishes a revision to one environment, where it stays when the flow is saved', async () => {
      const published = await publications.publish('mill', production)
      expect(published).toEqual({ flowId: 'mill', ...production, publishedAt: 1000 })
      await flows.save('mill', { text: 'three', basedOn: 2 })
      const found = { id: 'mill', text: 'one', revision: 1, updatedAt: 1000 }
      expect(await publications.find('mill', 'production')).toEqual(found)
      expect(await publications.containing('one', 'production')).toEqual([found])
      expect(await publications.containing('two', 'production')).toEqual([])
      expect(await publications.find('mill', 'test')).toBeUndefined()
      expect(await publications.containing('one', 'test')).toEqual([])
      expect(await publications.list()).toEqual([published])
      expect(await publications.list('race')).toEqual([])
    })

    it('replaces what is published, also by an older revision, and tells what was when', async () => {
      for (const revision of [1, 2, 1]) {
        time += 1000
        await publications.publish('mill', { ...production, revision })
      }
      time += 1000
      await publications.unpublish('mill', 'production')
      expect(await publications.find('mill', 'production')).toBeUndefined()
      const entry = (revision: number | null, publishedAt: number) => ({
        environment: 'production',
        revision,
        publishedAt,
      })
      expect(await publications.history('mill', 9)).toEqual([
        entry(null, 5000),
        entry(1, 4000),
        entry(2, 3000),
        entry(1, 2000),
      ])
      expect(await publications.history('mill', 1)).toEqual([entry(null, 5000)])
    })

    it('notes neither what is published already, nor that nothing is taken away', async () => {
      await publications.unpublish('mill', 'test')
      const first = await publications.publish('mill', production)
      time += 1000
      expect(await publications.publish('mill', production)).toEqual(first)
      expect(await publications.history('mill', 9)).toHaveLength(1)
    })

    it('publishes only what is there', async () => {
      const missing = { code: 'not_found' }
      await expect(publications.publish('race', production)).rejects.toMatchObject(missing)
      await expect(publications.unpublish('race', 'test')).rejects.toMatchObject(missing)
      const late = publications.publish('mill', { ...production, revision: 7 })
      await expect(late).rejects.toMatchObject(missing)
    })

    it('keeps a published revision for ever, also when it is published no more', async () => {
      await publications.publish('mill', { ...production, revision: 2 })
      await publications.unpublish('mill', 'production')
      for (let basedOn = 2; basedOn < 6; basedOn += 1) {
        time += 1000
        await flows.save('mill', { text: `after ${basedOn}`, basedOn })
      }
      time += 400 * 86_400_000
      await flows.save('mill', { text: 'last', basedOn: 6 })
      const kept = await flows.revisions('mill', { before: undefined, limit: 99 })
      expect(kept.map(({ revision }) => revision)).toEqual([7, 6, 2, 1])
    })

    it('finds nothing of a deleted flow, and again what it was when it is restored', async () => {
      await publications.publish('mill', production)
      await flows.remove('mill', { basedOn: undefined })
      expect(await publications.find('mill', 'production')).toBeUndefined()
      expect(await publications.list()).toEqual([])
      await flows.restore('mill')
      expect(await publications.find('mill', 'production')).toMatchObject({ text: 'one' })
    })

    it('publishes nothing of a new flow that takes the id of a deleted one', async () => {
      await publications.publish('mill', production)
      await flows.remove('mill', { basedOn: undefined })
      await flows.create('mill', 'another')
      expect(await publications.find('mill', 'production')).toBeUndefined()
      expect(await publications.history('mill', 1)).toMatchObject([{ revision: null }])
    })
  })
}
