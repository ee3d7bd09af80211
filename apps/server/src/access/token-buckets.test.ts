import { expect, it } from 'vitest'
import { createTokenBuckets } from './token-buckets.ts'

it('lets through a minute’s worth at once, then one at a time as time goes by', () => {
  let now = 0
  const buckets = createTokenBuckets(() => now)
  expect([1, 2, 3, 4].map(() => buckets.take('a', 3))).toEqual([0, 0, 0, 20])
  now = 19_000
  expect(buckets.take('a', 3)).toBe(1)
  now = 20_000
  expect([1, 2].map(() => buckets.take('a', 3))).toEqual([0, 20])
  now = 600_000
  expect([1, 2, 3, 4].map(() => buckets.take('a', 3))).toEqual([0, 0, 0, 20])
})

it('counts each name for itself', () => {
  const buckets = createTokenBuckets(() => 0)
  expect([buckets.take('a', 1), buckets.take('a', 1), buckets.take('b', 1)]).toEqual([0, 60, 0])
})
