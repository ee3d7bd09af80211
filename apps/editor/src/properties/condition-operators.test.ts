import { expect, it } from 'vitest'
import { operatorAfter, operatorsFor } from './condition-operators.ts'

it('offers what makes sense of a type, and everything where that is not known', () => {
  expect(operatorsFor('boolean')).toEqual(['isTrue', 'isFalse', 'isEmpty', 'isNotEmpty'])
  expect(operatorsFor({ optional: 'number' })).toContain('greater')
  expect(operatorsFor('number')).not.toContain('contains')
  expect(operatorsFor({ list: 'text' })).toContain('contains')
  expect(operatorsFor('chatResponse')).toEqual(['isEmpty', 'isNotEmpty', 'equals', 'notEquals'])
  expect(operatorsFor('any')).toHaveLength(14)
})

it('asks something else only where the operator says nothing of the value', () => {
  expect(operatorAfter('contains', 'text')).toBe('contains')
  expect(operatorAfter('equals', 'boolean')).toBe('isTrue')
  expect(operatorAfter('equals', { list: 'any' })).toBe('contains')
})
