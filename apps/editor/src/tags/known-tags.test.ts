import { expect, it } from 'vitest'
import { knownTags } from './known-tags.ts'

it('tells each tag once, whatever its case, with how many flows have it', () => {
  expect(
    knownTags([{ tags: ['Live', 'billing'] }, { tags: ['live'] }, { tags: [] }, { tags: ['a'] }]),
  ).toEqual([
    { tag: 'a', count: 1 },
    { tag: 'billing', count: 1 },
    { tag: 'Live', count: 2 },
  ])
})
