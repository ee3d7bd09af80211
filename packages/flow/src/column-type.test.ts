import { expect, it } from 'vitest'
import {
  columnTypes,
  isColumnType,
  isColumnTypeChoice,
  typeOfColumnType,
  type ColumnType,
} from './column-type.ts'
import { isOfType } from './type.ts'

it('tells the types of columns from anything else', () => {
  expect(Object.keys(columnTypes).every(isColumnType)).toBe(true)
  expect([isColumnType('auto'), isColumnTypeChoice('auto')]).toEqual([false, true])
  expect([null, 'money', 'constructor', 1].map(isColumnTypeChoice)).toEqual([
    false,
    false,
    false,
    false,
  ])
})

it.each<[ColumnType | 'auto', unknown, unknown]>([
  ['text', 'a', 1],
  ['integer', 1, '1'],
  ['number', 1.5, '1.5'],
  ['boolean', true, 'true'],
  ['date', '2026-11-26', 20_261_126],
  ['timestamp', '2026-11-26T14:00:00Z', 0],
  ['uuid', '00000000-0000-0000-0000-000000000001', 1],
  ['vector', [1, 2], ['1', '2']],
])('binds to %s %j, and not %j', (type, fits, fitsNot) => {
  expect([fits, fitsNot].map((value) => isOfType(value, typeOfColumnType(type)))).toEqual([
    true,
    false,
  ])
})

it.each(['auto', 'json'] as const)('binds anything to %s', (type) => {
  for (const value of ['a', 1, true, [1], { a: 1 }]) {
    expect(isOfType(value, typeOfColumnType(type))).toBe(true)
  }
})
