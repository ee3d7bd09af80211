import { describe, expect, it } from 'vitest'
import { readColumnMapping, whyNotColumnMapping } from './column-mapping.ts'
import type { JsonValue } from './json.ts'

const column = (name: string, more: Readonly<Record<string, JsonValue>> = {}) => ({
  column: name,
  type: 'auto' as const,
  value: 1,
  ...more,
})

describe('a column mapping', () => {
  it('is read row by row', () => {
    const rows = [column('id', { key: true, type: 'integer' }), column('name', { value: null })]
    expect(readColumnMapping(rows)).toEqual(rows)
    expect(readColumnMapping([])).toEqual([])
  })

  it.each<[JsonValue]>([
    [null],
    [{}],
    [['id']],
    [[{ column: 'id', type: 'auto' }]],
    [[{ column: 'id', value: 1 }]],
    [[column('id', { column: 1 })]],
    [[column('id', { type: 'money' })]],
    [[column('id', { key: 'yes' })]],
  ])('is not %j', (value) => {
    expect(readColumnMapping(value)).toBeUndefined()
  })

  it('needs a column in each row, each but once, and a key', () => {
    const key = { ...column('id'), key: true }
    expect(whyNotColumnMapping([key, column(' ')])).toBe('has a row without a column')
    expect(whyNotColumnMapping([key, column('a'), column('a')])).toBe('maps the column "a" twice')
    expect(whyNotColumnMapping([column('a')])).toBe(
      'needs a key: the column that says which row is meant',
    )
    expect(whyNotColumnMapping([key, column('a')])).toBeUndefined()
  })
})
