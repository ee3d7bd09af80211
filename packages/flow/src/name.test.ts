import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  isIdentifier,
  isSlug,
  maxNameLength,
  nearestName,
  toIdentifier,
  toSlug,
  uniqueName,
} from './name.ts'

describe('identifiers', () => {
  it.each([
    ['my answer (2)', 'myAnswer2'],
    ['2nd Büro', 'ndBuro'],
    ['__x', 'x'],
    ['chat-history', 'chatHistory'],
    ['response', 'response'],
    ['42 – ?', ''],
    ['__proto__', 'proto__'],
    ['prototype', ''],
    ['x'.repeat(80), 'x'.repeat(64)],
  ])('are made of %j', (text, name) => {
    expect(toIdentifier(text)).toBe(name)
  })
  it.each(['a', 'A', 'aB_9', 'true', 'x'.repeat(64)])('%s is one', (text) => {
    expect(isIdentifier(text)).toBe(true)
  })
  it.each([
    '',
    '1a',
    '_a',
    'a-b',
    'a b',
    'é',
    'a\n',
    'x'.repeat(65),
    'constructor',
    '__proto__',
    'prototype',
  ])('%j is none', (text) => {
    expect(isIdentifier(text)).toBe(false)
  })
})

describe('slugs', () => {
  it.each(['a', '0', 'rag-chat', 'a--b', 'x'.repeat(64)])('%s is one', (text) => {
    expect(isSlug(text)).toBe(true)
  })
  it.each(['', '-a', 'A', 'a_b', 'a b', 'a\n', 'x'.repeat(65), 'constructor', 'prototype'])(
    '%j is none',
    (text) => {
      expect(isSlug(text)).toBe(false)
    },
  )
  it.each([
    ['RAG chat (v2)', 'rag-chat-v2'],
    ['  Überblick — Käse ', 'uberblick-kase'],
    ['日本語', ''],
    ['x'.repeat(100), 'x'.repeat(64)],
  ])('are made of any text: %s', (text, slug) => {
    expect(toSlug(text)).toBe(slug)
  })
  it('are empty where a name is refused', () => {
    expect(['constructor', 'Prototype', '__proto__'].map(toSlug)).toEqual(['', '', 'proto'])
  })

  it('[F10] are ones, or empty, whatever they are made of', { timeout: 30_000 }, () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const slug = toSlug(text)
        expect(slug === '' || isSlug(slug)).toBe(true)
      }),
    )
  })
})

describe('a free name', () => {
  it.each([
    ['response', [], 'response'],
    ['response', ['response'], 'response2'],
    ['response', ['response', 'response2'], 'response3'],
    ['response2', ['response2'], 'response3'],
  ])('for %s where %j are taken is %s', (wanted, taken, name) => {
    // 'response2' becomes 'response3' only because 'response2' is taken.
    expect(uniqueName(wanted, new Set(taken))).toBe(name)
  })
  it('is never longer than a name may be', () => {
    const long = 'x'.repeat(maxNameLength)
    const name = uniqueName(long, new Set([long]))
    expect(name).toHaveLength(maxNameLength)
    expect(isIdentifier(name)).toBe(true)
  })
})

describe('the name that was meant', () => {
  it('is the nearest by letters changed, added, left out or swapped', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 3, maxLength: 12 })
    fc.assert(
      fc.property(letters, fc.array(letters, { maxLength: 8 }), (name, known) => {
        const distances = known.map((one) => plainDistance(name, one))
        const least = Math.min(...distances)
        const limit = Math.min(3, Math.max(1, Math.floor(name.length / 3)))
        const expected = least <= limit ? known[distances.indexOf(least)] : undefined
        expect(nearestName(name, known)).toBe(expected)
      }),
    )
  })

  it('[F23] is one exactly where so many slips make it of the other', { timeout: 30_000 }, () => {
    const name = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 12 })
    fc.assert(
      fc.property(name, name, (written, meant) => {
        const most = Math.min(3, Math.max(1, Math.floor(written.length / 3)))
        const isNear = slipsBetween(written, meant) <= most
        expect(nearestName(written, [meant])).toBe(isNear ? meant : undefined)
      }),
      { seed: 5, numRuns: 2000 },
    )
  })

  it('[F23] is looked for among no names of any length', () => {
    const long = 'x'.repeat(100_000)
    expect(nearestName(long, [`${long}y`])).toBeUndefined()
    expect(nearestName('x'.repeat(130), [long])).toBeUndefined()
  })

  it('is looked for quickly among names that are long and alike', () => {
    const known = Array.from({ length: 2000 }, (_, index) => `aVariableNameOfSomeLength${index}`)
    const started = process.cpuUsage()
    for (let turn = 0; turn < 1000; turn += 1)
      nearestName(`aVariableNameOfSameLength${turn}`, known)
    expect(process.cpuUsage(started).user / 1000).toBeLessThan(2000)
  })

  const known = ['prompt', 'response', 'chatRequest']
  it.each([
    ['promt', 'prompt'],
    ['Prompt', 'prompt'],
    ['chatrequest', 'chatRequest'],
    ['respnose', 'response'],
    ['promtp', 'prompt'],
    ['something', undefined],
    ['p', undefined],
  ])('%s: %s', (name, meant) => {
    expect(nearestName(name, known)).toBe(meant)
  })
})

/** As the textbook has it: optimal string alignment, without shortcuts. */
function plainDistance(left: string, right: string): number {
  const table = Array.from({ length: left.length + 1 }, (_, row) =>
    Array.from({ length: right.length + 1 }, (__, column) => (row === 0 ? column : row)),
  )
  const at = (row: number, column: number) => table[row]?.[column] ?? Infinity
  for (let row = 1; row <= left.length; row += 1) {
    for (let column = 1; column <= right.length; column += 1) {
      const isSame = left[row - 1] === right[column - 1]
      const isSwapped =
        row > 1 &&
        column > 1 &&
        left[row - 1] === right[column - 2] &&
        left[row - 2] === right[column - 1]
      table[row]?.splice(
        column,
        1,
        Math.min(
          at(row - 1, column - 1) + (isSame ? 0 : 1),
          at(row - 1, column) + 1,
          at(row, column - 1) + 1,
          isSwapped ? at(row - 2, column - 2) + 1 : Infinity,
        ),
      )
    }
  }
  return at(left.length, right.length)
}

/** The plain way: the whole table of letters changed, added, left out or swapped. */
function slipsBetween(left: string, right: string): number {
  const table: number[][] = []
  const at = (row: number, column: number) => table[row]?.[column] ?? Infinity
  for (let row = 0; row <= left.length; row += 1) {
    table.push([])
    for (let column = 0; column <= right.length; column += 1) {
      const isSame = left[row - 1] === right[column - 1]
      const isSwapped = left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1]
      const least = Math.min(
        row === 0 ? column : Infinity,
        column === 0 ? row : Infinity,
        at(row - 1, column) + 1,
        at(row, column - 1) + 1,
        at(row - 1, column - 1) + (isSame ? 0 : 1),
        isSwapped && row > 1 && column > 1 ? at(row - 2, column - 2) + 1 : Infinity,
      )
      table[row]?.push(least)
    }
  }
  return at(left.length, right.length)
}
