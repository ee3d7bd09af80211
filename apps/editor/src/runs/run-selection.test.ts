import { expect, it } from 'vitest'
import { allOrNothing, extended, nothingSelected, toggled } from './run-selection.ts'
import { storedRun } from './testing/stored-run.ts'

const runs = ['a', 'b', 'c', 'd'].map((id, index) => storedRun(id, 9 - index))

it('takes runs in and out one by one', () => {
  const both = toggled(toggled(nothingSelected, 'a'), 'c')
  expect([...both.ids]).toEqual(['a', 'c'])
  expect([...toggled(both, 'a').ids]).toEqual(['c'])
})

it('takes in a stretch in both directions from where it began', () => {
  const start = toggled(nothingSelected, 'c')
  expect([...extended(start, 'a', runs).ids].toSorted()).toEqual(['a', 'b', 'c'])
  expect([...extended(extended(start, 'd', runs), 'b', runs).ids].toSorted()).toEqual([
    'b',
    'c',
    'd',
  ])
})

it('takes in all, and nothing when all are taken', () => {
  const all = allOrNothing(toggled(nothingSelected, 'b'), runs)
  expect(all.ids.size).toBe(4)
  expect(allOrNothing(all, runs)).toEqual(nothingSelected)
  expect(allOrNothing(nothingSelected, []).ids.size).toBe(0)
})
