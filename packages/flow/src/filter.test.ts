import { describe, expect, it } from 'vitest'
import { readFilter, whyNotFilter } from './filter.ts'
import type { JsonValue } from './json.ts'

const row = { field: 'name', operator: 'equals' as const, value: 1 }

describe('a filter', () => {
  it('is read with its rows', () => {
    const filter = { match: 'any', rows: [row, { ...row, operator: 'in', value: [1, 2] }] }
    expect(readFilter(filter)).toEqual(filter)
    expect(readFilter({ match: 'all', rows: [] })).toEqual({ match: 'all', rows: [] })
  })

  it.each<[JsonValue]>([
    [null],
    [[]],
    [{ rows: [] }],
    [{ match: 'none', rows: [] }],
    [{ match: 'all', rows: {} }],
    [{ match: 'all', rows: [{ field: 'a', operator: 'equals' }] }],
    [{ match: 'all', rows: [{ operator: 'equals', value: 1 }] }],
    [{ match: 'all', rows: [{ ...row, operator: 'like' }] }],
    [{ match: 'all', rows: [{ ...row, operator: 'constructor' }] }],
  ])('is not %j', (value) => {
    expect(readFilter(value)).toBeUndefined()
  })

  it('needs a field in each row', () => {
    expect(whyNotFilter({ match: 'all', rows: [{ ...row, field: '' }] })).toBe(
      'has a row without a field',
    )
    expect(whyNotFilter({ match: 'all', rows: [row] })).toBeUndefined()
  })
})
