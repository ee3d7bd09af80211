import fc from 'fast-check'
import { expect, it } from 'vitest'
import { textChunks } from './text-chunks.ts'

it('leaves a text of usual length whole', () => {
  expect(textChunks('a\nb')).toEqual(['a\nb'])
})

it('cuts a long text at the ends of its lines, so that each piece is a block of its own', () => {
  const line = 'x'.repeat(99)
  const text = Array.from({ length: 1_000 }, () => line).join('\n')
  const chunks = textChunks(text)
  expect(chunks.join('\n')).toBe(text)
  expect(Math.max(...chunks.map(({ length }) => length))).toBeLessThanOrEqual(16_000)
})

it('loses nothing of a text without lines, and cuts no character in two', () => {
  fc.assert(
    fc.property(fc.nat(40_000), (length) => {
      const text = 'a'.repeat(length) + '🌊'.repeat(20_000)
      const chunks = textChunks(text)
      expect(chunks.join('')).toBe(text)
      expect(chunks.every((chunk) => chunk.isWellFormed())).toBe(true)
    }),
    { numRuns: 20 },
  )
})
