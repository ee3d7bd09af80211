import { expect, it } from 'vitest'
import { exceedsDepth, isRecord } from './json.ts'

it('counts each list and object as a level', () => {
  expect(exceedsDepth('text', 0)).toBe(false)
  expect(exceedsDepth([], 0)).toBe(true)
  expect(exceedsDepth([[]], 1)).toBe(true)
  expect(exceedsDepth({ a: [{ b: 1 }] }, 3)).toBe(false)
  expect(exceedsDepth({ a: [{ b: 1 }] }, 2)).toBe(true)
})

it('stops one level past the limit, however deep a value is', () => {
  const deep: unknown = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`)
  expect(exceedsDepth(deep, 64)).toBe(true)
})

it('tells records from lists and null', () => {
  expect([{}, Object.create(null), [], null, 'a', 1].map(isRecord)).toEqual([
    true,
    true,
    false,
    false,
    false,
    false,
  ])
})
