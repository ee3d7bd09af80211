import { expect, it } from 'vitest'
import { arrangeRows, nextSort, type Arrangement } from './arrange-rows.ts'

const rows = [
  ['Jens', 10],
  ['Anouk', null],
  ['anna', 9],
  [null, 100],
] as const

function order(arrangement: Partial<Arrangement>): readonly number[] {
  const whole = { sort: undefined, filters: new Map(), ...arrangement }
  return arrangeRows(rows, whole).map(({ index }) => index)
}

it('leaves rows as they came', () => {
  expect(order({})).toEqual([0, 1, 2, 3])
})

it('sorts numbers as numbers and texts as texts, what has no value last both ways', () => {
  const by = (column: number, isDescending: boolean) => order({ sort: { column, isDescending } })
  expect(by(1, false)).toEqual([2, 0, 3, 1])
  expect(by(1, true)).toEqual([3, 0, 2, 1])
  expect(by(0, false)).toEqual([2, 1, 0, 3])
  expect(by(0, true)).toEqual([0, 1, 2, 3])
})

it('keeps the rows that hold every filter, whatever their case; null by its name', () => {
  const filtered = (...filters: readonly (readonly [number, string])[]) =>
    order({ filters: new Map(filters) })
  expect(filtered([0, 'AN'])).toEqual([1, 2])
  expect(filtered([0, 'an'], [1, '9'])).toEqual([2])
  expect(filtered([1, 'null'])).toEqual([1])
})

it('goes from ascending over descending back to how rows came', () => {
  const first = nextSort(undefined, 2)
  const second = nextSort(first, 2)
  expect(first).toEqual({ column: 2, isDescending: false })
  expect(second).toEqual({ column: 2, isDescending: true })
  expect(nextSort(second, 2)).toBeUndefined()
  expect(nextSort(second, 1)).toEqual({ column: 1, isDescending: false })
})
