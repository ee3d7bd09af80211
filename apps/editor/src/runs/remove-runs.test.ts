import { expect, it } from 'vitest'
import { toApiError } from '../api/api-error.ts'
import { removeRuns } from './remove-runs.ts'

const ids = Array.from({ length: 2500 }, (_, index) => `run-${index}`)

it('deletes thousands of runs by few requests, and tells how far it is', async () => {
  const told: unknown[] = []
  const { removedIds, error } = await removeRuns({
    ids,
    remove: async (some) => void told.push([some[0], some.length]),
    onProgress: (removed) => told.push(removed),
  })
  expect(told).toEqual([['run-0', 1000], 1000, ['run-1000', 1000], 2000, ['run-2000', 500]])
  expect([[...removedIds], error]).toEqual([ids, undefined])
})

it('ends with the first failure, and knows which runs are gone', async () => {
  const failure = toApiError(new Error('The disk is full.'))
  const { removedIds, error } = await removeRuns({
    ids,
    remove: async ([first]) => {
      if (first === 'run-1000') throw failure
    },
    onProgress: () => {},
  })
  expect([removedIds.size, error]).toEqual([1000, failure])
})
