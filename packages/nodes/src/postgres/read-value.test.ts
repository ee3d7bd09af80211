import { describe, expect, it } from 'vitest'
import { readValue } from './read-value.ts'

describe('a value of PostgreSQL', () => {
  it.each([
    ['int4', '-5', -5],
    ['int8', '9007199254740991', 9_007_199_254_740_991],
    ['int8', '9007199254740993', '9007199254740993'],
    ['numeric', '1.50', 1.5],
    ['numeric', '100', 100],
    ['numeric', '0.1', 0.1],
    ['numeric', '0.00', 0],
    ['numeric', '0.30000000000000000001', '0.30000000000000000001'],
    ['numeric', '123456789012345678901234', '123456789012345678901234'],
    ['numeric', 'NaN', 'NaN'],
    ['float8', '0.1', 0.1],
    ['float8', '1e+300', 1e300],
    ['float8', 'Infinity', 'Infinity'],
  ])('[Q1] of type %s %s is %j', (name, text, value) => {
    expect(readValue(text, { name })).toBe(value)
  })

  it('[Q2] of type bool is true or false', () => {
    expect([readValue('t', { name: 'bool' }), readValue('f', { name: 'bool' })]).toEqual([
      true,
      false,
    ])
  })

  it.each([
    ['date', '2026-11-26', '2026-11-26'],
    ['timestamp', '2026-11-26 14:00:00', '2026-11-26T14:00:00'],
    ['timestamptz', '2026-11-26 14:00:00.123456+00', '2026-11-26T14:00:00.123456Z'],
    ['timestamptz', '2026-11-26 14:00:00-03:30', '2026-11-26T14:00:00-03:30'],
    ['timestamptz', '2026-11-26 14:00:00+02', '2026-11-26T14:00:00+02:00'],
    ['timestamptz', 'infinity', 'infinity'],
    ['timestamp', '0044-03-15 12:00:00 BC', '0044-03-15 12:00:00 BC'],
  ])('[Q3] of type %s %s is %s', (name, text, value) => {
    expect(readValue(text, { name })).toBe(value)
  })

  it('[Q4] of type bytea is Base64', () => {
    expect(readValue('\\x00ff10', { name: 'bytea' })).toBe('AP8Q')
  })

  it.each(['json', 'jsonb'])('[Q5] of type %s is what it says', (name) => {
    expect(readValue('{"a": [1, null]}', { name })).toEqual({ a: [1, null] })
  })

  it('[Q5] of JSON that nests too deep stays text', () => {
    const nested = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`
    expect(readValue(nested(65), { name: 'jsonb' })).toBe(nested(65))
    expect(readValue(nested(64), { name: 'jsonb' })).toEqual(JSON.parse(nested(64)))
  })

  it('[Q6] of type vector is a list of numbers', () => {
    expect(readValue('[1,-0.5]', { name: 'vector' })).toEqual([1, -0.5])
  })

  it.each([
    ['{}', 'int4', []],
    ['{1,NULL,3}', 'int4', [1, null, 3]],
    [
      '{{1,2},{3,4}}',
      'int4',
      [
        [1, 2],
        [3, 4],
      ],
    ],
    ['[0:1]={1,2}', 'int4', [1, 2]],
    ['{a,"b c","d\\"e","f\\\\g","NULL",""}', 'text', ['a', 'b c', 'd"e', 'f\\g', 'NULL', '']],
    ['{"{\\"a\\": 1}"}', 'jsonb', [{ a: 1 }]],
    ['{"2026-11-26 14:00:00+00"}', 'timestamptz', ['2026-11-26T14:00:00Z']],
  ])('[Q6] %s of %s is a list', (text, name, value) => {
    expect(readValue(text, { name: `_${name}`, element: { name } })).toEqual(value)
  })

  it('[Q7] of any other type is text, and null is null', () => {
    expect(readValue('(1,2)', { name: 'point' })).toBe('(1,2)')
    expect(readValue(null, { name: 'int4' })).toBeNull()
  })

  it('[Q6] of an array of boxes is a list, with semicolons between', () => {
    const boxes = { name: '_box', element: { name: 'box' }, delimiter: ';' as const }
    expect(readValue('{(1,1),(0,0);(2,2),(1,1)}', boxes)).toEqual(['(1,1),(0,0)', '(2,2),(1,1)'])
  })

  it.each(['', '1 2', '{', '{1', '{1,', '{{1}', '{"a', '{1}2}', '{}{', '[0:1]='])(
    '[Q7] that is no array stays text where one was expected: %j',
    (text) => {
      expect(readValue(text, { name: '_int4', element: { name: 'int4' } })).toBe(text)
    },
  )
})
