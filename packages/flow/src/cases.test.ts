import { expect, it } from 'vitest'
import { newCase, noCondition, readCases, whyNotCases } from './cases.ts'
import { property, propertyKinds } from './property.ts'

const gold = { id: 'gold', name: 'Gold', condition: { $expr: 'true' } }

it('reads cases, and nothing that is not wholly such', () => {
  expect(readCases([gold])).toEqual([gold])
  expect(readCases([gold, { id: 'rest', name: 'Rest' }])).toBeUndefined()
  expect(readCases({ gold })).toBeUndefined()
})

it('adds a case with an id and a name of its own, whatever was taken away before', () => {
  const first = newCase([])
  const second = newCase([first])
  expect([first, second]).toEqual([
    { id: 'case', name: 'Case 1', condition: noCondition },
    { id: 'case2', name: 'Case 2', condition: noCondition },
  ])
  expect(newCase([second])).toEqual({ id: 'case', name: 'Case 3', condition: noCondition })
})

it('says why cases cannot be used', () => {
  expect(whyNotCases([])).toBe('has no case')
  expect(whyNotCases([gold])).toBeUndefined()
  expect(whyNotCases([gold, gold])).toBe('has two cases with the id "gold"')
  expect(whyNotCases([{ ...gold, id: 'a b' }])).toBe(
    'has a case with the id "a b", which is not a name',
  )
  expect(whyNotCases([gold, { ...gold, id: 'b', name: ' ' }])).toBe('has no name for case 2')
})

it('refuses a case that was given no condition yet', () => {
  const cases = property.cases({ label: 'Cases' })
  const refuses = (condition: object) =>
    propertyKinds.cases.refuses([{ ...gold, condition: condition as never }], cases)
  expect(refuses(gold.condition)).toBeUndefined()
  expect(refuses({ match: 'all', rows: [] })).toBe('has no condition for the case "Gold"')
  expect(refuses({ $ref: 'gold' })).toBe('has no condition for the case "Gold"')
})
