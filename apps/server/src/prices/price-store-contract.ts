import type { PriceTable } from '@millrace/flow'
import { beforeEach, describe, expect, it } from 'vitest'
import type { PriceStore } from './price-store.ts'

const table: PriceTable = {
  currency: 'EUR',
  models: [{ model: 'wheel-*', inputPerMillion: 0.25, outputPerMillion: 1 }],
}

/** What every `PriceStore` must do. */
export function testPriceStore(name: string, create: () => Promise<PriceStore>): void {
  describe(`${name} as a store of prices`, () => {
    let store: PriceStore
    beforeEach(async () => {
      store = await create()
    })

    it('begins with the shipped prices, and keeps what is put in force', async () => {
      expect(await store.read()).toEqual({ revision: 0, table: undefined })
      expect(await store.save({ table, basedOn: 0 })).toEqual({ revision: 1, table })
      expect(await store.read()).toEqual({ revision: 1, table })
    })

    it('goes back to the shipped prices as a change like any other', async () => {
      await store.save({ table, basedOn: 0 })
      expect(await store.save({ table: undefined, basedOn: 1 })).toEqual({
        revision: 2,
        table: undefined,
      })
      expect(await store.read()).toEqual({ revision: 2, table: undefined })
    })

    it('refuses what is based on another revision', async () => {
      await store.save({ table, basedOn: 0 })
      for (const basedOn of [0, 2]) {
        await expect(store.save({ table: undefined, basedOn })).rejects.toMatchObject({
          code: 'conflict',
          details: { currentRevision: 1 },
        })
      }
      expect(await store.read()).toEqual({ revision: 1, table })
    })

    it('lets exactly one of two saves through that are based on the same revision', async () => {
      const saves = await Promise.allSettled([1, 2].map(() => store.save({ table, basedOn: 0 })))
      expect(saves.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    })
  })
}
