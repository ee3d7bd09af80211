import { expect, it } from 'vitest'
import { showValue } from './show-value.ts'

it('shows a value in one line or with its own', () => {
  expect(showValue({ a: 1 }, 'line')).toBe('{"a":1}')
  expect(showValue({ a: 1 }, 'open')).toBe('{\n  "a": 1\n}')
  expect([null, '', undefined].map((value) => showValue(value, 'line'))).toEqual([
    'empty',
    'empty',
    'empty',
  ])
})
