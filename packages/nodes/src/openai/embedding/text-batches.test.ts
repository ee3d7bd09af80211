import fc from 'fast-check'
import { expect, it } from 'vitest'
import { textBatches } from './text-batches.ts'

it('[S54] puts at most 32 texts and 100,000 characters into a batch', () => {
  const sizes = (texts: readonly string[]) => textBatches(texts).map(({ length }) => length)
  expect(sizes([])).toEqual([])
  expect(sizes(Array<string>(70).fill('a'))).toEqual([32, 32, 6])
  expect(sizes(['a'.repeat(60_000), 'b'.repeat(40_000), 'c', 'd'.repeat(200_000), 'e'])).toEqual([
    2, 1, 1, 1,
  ])
})

it('[S54] keeps every text, in its order', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ maxLength: 50_000, size: 'max' }), { maxLength: 100 }),
      (texts) => {
        expect(textBatches(texts).flat()).toEqual(texts)
      },
    ),
    { numRuns: 30 },
  )
})
