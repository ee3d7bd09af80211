import { describe, expect, it } from 'vitest'
import { readValue } from './read-value.ts'
import { writeValue } from './write-value.ts'

describe('a value for PostgreSQL', () => {
  it.each([
    [null, 'text', null],
    [undefined, 'text', null],
    ['it is', 'text', 'it is'],
    [1.5, 'numeric', '1.5'],
    [true, 'bool', 'true'],
    [[1, 2], 'vector', '[1,2]'],
    [{ a: 1 }, 'jsonb', '{"a":1}'],
    [[1, 'a'], 'jsonb', '[1,"a"]'],
    ['{"a":1}', 'jsonb', '{"a":1}'],
    [[1, 2], 'text', '[1,2]'],
  ])('[Q11] %j of type %s is %j', (value, name, text) => {
    expect(writeValue(value, { name })).toBe(text)
  })

  it('[Q4] takes Base64 for bytes', () => {
    expect(writeValue('AP8Q', { name: 'bytea' })).toBe('\\x00ff10')
    expect(() => writeValue('no base64!', { name: 'bytea' })).toThrow('Base64')
  })

  it.each([
    [[1, null, 3], 'int4'],
    [['a', 'b"c', 'd\\e', 'NULL', '', '{}', 'a,b'], 'text'],
    [
      [
        [1, 2],
        [3, 4],
      ],
      'int4',
    ],
    [[{ a: [1] }, [2]], 'jsonb'],
    [[], 'int4'],
  ])('[Q11] writes the list %j as an array of %s that reads the same', (list, name) => {
    const type = { name: `_${name}`, element: { name } }
    expect(readValue(writeValue(list, type), type)).toEqual(list)
  })

  it('[Q11] writes a list of boxes with semicolons between', () => {
    const boxes = { name: '_box', element: { name: 'box' }, delimiter: ';' as const }
    expect(writeValue(['(1,1),(0,0)', null], boxes)).toBe('{"(1,1),(0,0)";NULL}')
  })
})
