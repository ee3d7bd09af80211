import type { Type } from '@millrace/flow'
import { expect, it } from 'vitest'
import { misfitOf } from './misfit-of.ts'

const order: Type = {
  record: {
    id: 'text',
    lines: { list: { record: { count: 'number', note: { optional: 'text' } } } },
  },
}

it('finds nothing in what fits', () => {
  expect(
    misfitOf({ id: 'A', lines: [{ count: 1 }, { count: 2, note: null }], more: 1 }, order),
  ).toBe(undefined)
})

it.each([
  [{ id: 7, lines: [] }, 'result.id is number, and should be text'],
  [{ lines: [] }, 'result.id is null, and should be text'],
  [
    { id: 'A', lines: [{ count: 1 }, { count: 'many' }] },
    'result.lines[1].count is text, and should be number',
  ],
  [
    { id: 'A', lines: [{ count: 1, note: 5 }] },
    'result.lines[0].note is number, and should be text or null',
  ],
  [{ id: 'A', lines: {} }, 'result.lines is record, and should be list of record with count, note'],
  [null, 'result is null, and should be record with id, lines'],
  [[1], 'result is list of number, and should be record with id, lines'],
])('says where a value does not fit: %j', (value, misfit) => {
  expect(misfitOf(value, order)).toBe(misfit)
})
