import type { ErrorShape } from '@millrace/flow'
import { beforeEach, describe, expect, it } from 'vitest'
import type { ScheduleStore } from './schedule-store.ts'

const error: ErrorShape = { code: 'conflict', message: 'It still runs.', retryable: true }

/** What every `ScheduleStore` must do. */
export function testScheduleStore(name: string, create: () => Promise<ScheduleStore>): void {
  describe(`${name} as a store of schedules`, () => {
    let store: ScheduleStore
    beforeEach(async () => {
      store = await create()
    })

    it('knows nothing of a flow that was never due', async () => {
      expect(await store.find('a')).toBeUndefined()
    })

    it('lets each time of a flow be taken once, and none that is past', async () => {
      expect(await store.take('a', 120_000)).toBe(true)
      expect(await store.take('a', 120_000)).toBe(false)
      expect(await store.take('a', 60_000)).toBe(false)
      expect(await store.take('b', 60_000)).toBe(true)
      expect(await store.take('a', 180_000)).toBe(true)
    })

    it('lets one of two take a time', async () => {
      const taken = await Promise.all([1, 2].map(() => store.take('a', 60_000)))
      expect(taken.filter((isTaken) => isTaken)).toHaveLength(1)
    })

    it('keeps which run was started last, and what kept one from starting', async () => {
      await store.take('a', 60_000)
      await store.settle('a', { runId: 'r1' })
      expect(await store.find('a')).toEqual({
        flowId: 'a',
        dueAt: 60_000,
        runId: 'r1',
        error: undefined,
      })
      await store.take('a', 120_000)
      await store.settle('a', { error })
      expect(await store.find('a')).toEqual({ flowId: 'a', dueAt: 120_000, runId: 'r1', error })
      await store.take('a', 180_000)
      expect(await store.find('a')).toMatchObject({ dueAt: 180_000, error: undefined })
    })
  })
}
