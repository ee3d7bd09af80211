import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { splitByCost, type PieceSize } from './split-by-cost.ts'
import { loadTokenCost } from './token-cost.server.ts'

function characters(max: number, overlap = 0): PieceSize {
  return { max, overlap, cost: (text) => text.length }
}

const tokenCost = await loadTokenCost('cl100k_base')

function tokens(max: number, overlap = 0): PieceSize {
  return { max, overlap, cost: tokenCost }
}

function split(text: string, size: PieceSize): readonly string[] {
  return [...splitByCost(text, size)]
}

const withoutSpace = (text: string) => text.replaceAll(/\s/g, '')

describe('the pieces of a text', () => {
  it('are the whole text where it fits, without the white space around it', () => {
    expect(split('  A short text. \n', characters(100))).toEqual(['A short text.'])
    expect(split('', characters(100))).toEqual([])
    expect(split(' \n\n ', characters(100))).toEqual([])
  })

  it('end between paragraphs before lines, and there before sentences and words', () => {
    expect(split('One two. Three\nfour five\n\nsix seven eight', characters(40))).toEqual([
      'One two. Three\nfour five',
      'six seven eight',
    ])
    expect(split('One two. Three\nfour five. Six seven eight', characters(26))).toEqual([
      'One two. Three',
      'four five. Six seven eight',
    ])
    expect(split('One two three four. Five six seven eight', characters(30))).toEqual([
      'One two three four.',
      'Five six seven eight',
    ])
    expect(split('one two three four five six seven', characters(20))).toEqual([
      'one two three four',
      'five six seven',
    ])
  })

  it('are at least half full, so that a title stays with what follows it', () => {
    expect(split('Title\n\nA long paragraph that goes on and on.', characters(32))).toEqual([
      'Title\n\nA long paragraph that',
      'goes on and on.',
    ])
  })

  it('are cut inside a word only where it is longer than a piece', () => {
    expect(split('a'.repeat(40), characters(16))).toEqual([
      'a'.repeat(16),
      'a'.repeat(16),
      'a'.repeat(8),
    ])
  })

  it('repeat whole words of the one before where they overlap', () => {
    expect(split('one two three four five six seven eight', characters(20, 10))).toEqual([
      'one two three four',
      'four five six seven',
      'six seven eight',
    ])
  })

  it('are cut at the ends of sentences in scripts without spaces too', () => {
    expect(split('今日は晴れです。明日は雨が降るでしょう。', characters(16))).toEqual([
      '今日は晴れです。',
      '明日は雨が降るでしょう。',
    ])
  })
})

const anyText = fc
  .array(
    fc.oneof(
      fc.lorem({ mode: 'sentences', maxCount: 4 }),
      fc.string({ unit: 'grapheme', maxLength: 80 }),
      fc.constantFrom('\n\n', '\n', ' ', '\t', '. ', '。', '🙂', '<|endoftext|>', 'x'.repeat(99)),
    ),
    { maxLength: 30 },
  )
  .map((parts) => parts.join(''))
/** No part of it stands in it twice. */
const distinctWords = fc
  .array(fc.constantFrom(' ', '\n', '\n\n', '. ', '  \n'), { maxLength: 200 })
  .map((gaps) => gaps.map((gap, index) => `<${index}>${gap}`).join(''))
const anySize = fc
  .tuple(fc.integer({ min: 16, max: 300 }), fc.double({ min: 0, max: 0.5, noNaN: true }))
  .map(([max, share]) => ({ max, overlap: Math.floor(max * share) }))

describe.each([
  ['characters', characters, (text: string) => text.length],
  ['tokens', tokens, tokenCost],
] as const)('splitting by %s', (_, sizeOf, count) => {
  it('loses nothing but white space, whatever the text', () => {
    fc.assert(
      fc.property(anyText, anySize, (text, { max }) => {
        expect(split(text, sizeOf(max)).map(withoutSpace).join('')).toBe(withoutSpace(text))
      }),
    )
  })

  it('gives parts of the text in its order, each from where the one before ended or earlier', () => {
    fc.assert(
      fc.property(distinctWords, anySize, (text, { max, overlap }) => {
        let covered = 0
        for (const piece of split(text, sizeOf(max, overlap))) {
          const at = text.indexOf(piece)
          expect(text.slice(covered, at).trim()).toBe('')
          expect(at + piece.length).toBeGreaterThan(covered)
          covered = at + piece.length
        }
        expect(text.slice(covered).trim()).toBe('')
      }),
    )
  })

  it('gives no piece that is longer than asked', () => {
    fc.assert(
      fc.property(anyText, anySize, (text, { max, overlap }) => {
        for (const piece of split(text, sizeOf(max, overlap))) {
          expect(count(piece)).toBeLessThanOrEqual(max)
        }
      }),
    )
  })

  it('breaks no character in two', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', minLength: 50 }),
        anySize,
        (text, { max, overlap }) => {
          for (const piece of split(text, sizeOf(max, overlap))) {
            expect(piece.isWellFormed()).toBe(true)
          }
        },
      ),
    )
  })

  it('looks at a text a bounded number of times, however long it is', () => {
    const texts = ['A sentence of some length. ', 'x', '日本語', ' ', '\n', '🙂']
    for (const text of texts) {
      let counted = 0
      const size = sizeOf(200, 100)
      const long = text.repeat(Math.ceil(100_000 / text.length))
      const pieces = split(long, {
        ...size,
        cost: (part) => {
          counted += part.length
          return size.cost(part)
        },
      })
      expect(counted).toBeLessThanOrEqual(12 * long.length)
      const given = pieces.reduce((sum, piece) => sum + piece.length, 0)
      expect(given).toBeLessThanOrEqual(4 * long.length)
    }
  })
})
