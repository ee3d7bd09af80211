import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isIdentifier } from './name.ts'
import { followPath, formatReference, parseReference } from './reference.ts'

describe('a reference', () => {
  it.each([
    ['a', { variable: 'a', path: [] }],
    ['a.b_1.c', { variable: 'a', path: ['b_1', 'c'] }],
    ['a[0][12]', { variable: 'a', path: [0, 12] }],
    ['a["Order ID"].x[0]', { variable: 'a', path: ['Order ID', 'x', 0] }],
    ['a["\\"]\\u00e9"]', { variable: 'a', path: ['"]é'] }],
  ])('%s is read', (source, reference) => {
    expect(parseReference(source)).toEqual(reference)
  })

  it.each([
    '',
    ' a',
    'a ',
    '1a',
    'a.',
    'a..b',
    'a.1',
    'a[]',
    'a[-1]',
    'a[01]',
    'a[1.5]',
    "a['b']",
    'a["b]',
    'a["\\x"]',
    'a.b()',
    'a + b',
    '__proto__',
    'constructor',
    'prototype.a',
    `${'a'.repeat(65)}`,
  ])('%j is none', (source) => {
    expect(parseReference(source)).toBeUndefined()
  })

  it('[F13] is read back as it was written, whatever its keys', () => {
    const key = fc.oneof(fc.string({ unit: 'binary' }), fc.string(), fc.nat({ max: 999_999_999 }))
    const variable = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_]{0,20}$/).filter(isIdentifier)
    fc.assert(
      fc.property(variable, fc.array(key), (name, path) => {
        const reference = { variable: name, path }
        expect(parseReference(formatReference(reference))).toEqual(reference)
      }),
    )
  })

  it('may be very long without taking long', () => {
    const started = performance.now()
    expect(parseReference(`a${'.b'.repeat(100_000)}`)?.path).toHaveLength(100_000)
    expect(parseReference(`a["${'\\\\'.repeat(100_000)}"]`)?.path).toHaveLength(1)
    expect(performance.now() - started).toBeLessThan(1000)
  })
})

describe('a path', () => {
  const value: unknown = JSON.parse('{"a":[{"b c":1}],"n":null,"t":"text","__proto__":{"own":1}}')

  it('leads into lists and records', () => {
    expect(followPath(value, ['a', 0, 'b c'])).toBe(1)
    expect(followPath(value, ['a'])).toEqual([{ 'b c': 1 }])
    expect(followPath(value, [])).toBe(value)
  })

  it('[F13] gives null for what is missing, also on null', () => {
    for (const path of [['x'], ['n', 'x', 'y'], ['a', 1], ['a', 'b'], ['t', 0], ['t', 'length']]) {
      expect(followPath(value, path)).toBeNull()
    }
    expect(followPath(undefined, [])).toBeNull()
  })

  it('[F13] reaches nothing of a prototype, and no length of a list', () => {
    for (const key of ['constructor', 'toString', 'hasOwnProperty']) {
      expect(followPath(value, [key])).toBeNull()
      expect(followPath(value, ['a', key])).toBeNull()
    }
    expect(followPath({}, ['__proto__'])).toBeNull()
    expect(followPath(value, ['a', 'length'])).toBeNull()
  })
})
