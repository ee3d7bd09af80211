import { expect, it } from 'vitest'
import { chipOf } from '../properties/chip-text.ts'
import { listNotation, summaryOfFilter } from './filter-text.ts'

it('writes a list with commas, and reads it back with the types of its items', () => {
  expect(listNotation.write('1, two,, true')).toEqual([1, 'two', true])
  expect(listNotation.read([1, 'two', true])).toBe('1, two, true')
  expect(listNotation.write(' ')).toBeUndefined()
})

it('takes a variable for the list itself', () => {
  expect(listNotation.write(chipOf('pages'))).toEqual({ $ref: 'pages' })
  expect(listNotation.read({ $ref: 'pages' })).toBe(chipOf('pages'))
})

it('sums a filter up in one line', () => {
  expect(
    summaryOfFilter({
      match: 'any',
      rows: [
        { field: 'source', operator: 'equals', value: { $ref: 'request.context' } },
        { field: 'page', operator: 'in', value: [1, 2] },
      ],
    }),
  ).toBe('source = request.context or page IN [1,2]')
})
