import { expect, it } from 'vitest'
import { judgeNumber, readNumber, stepNumber } from './number-text.ts'

it.each([
  ['0.7', 0.7],
  ['0,7', 0.7],
  ['0,125', 0.125],
  ['1,25', 1.25],
  [' 12 ', 12],
  ['-3', -3],
  ['.5', 0.5],
  ['1e3', 1000],
  ['2.', 2],
])('reads %j as a number', (text, number) => {
  expect(readNumber(text)).toBe(number)
})

it.each(['', 'warm', '1.2.3', '1,000.5', '4,000', '-12,500', '-', '0x10', '1 2', 'Infinity'])(
  'reads %j as none',
  (text) => {
    expect(readNumber(text)).toBeUndefined()
  },
)

it('tells what is begun from what is wrong', () => {
  expect(['', '-', ',', '0,', 'warm', '1..2'].map(judgeNumber)).toEqual([
    'empty',
    'begun',
    'begun',
    'number',
    'wrong',
    'wrong',
  ])
})

it('steps without dust, and stops at the bounds', () => {
  const steps = { step: 0.1, minimum: 0, maximum: 2 }
  expect(stepNumber(0.7, 1, steps)).toBe(0.8)
  expect(stepNumber(0.3, -1, steps)).toBe(0.2)
  expect(stepNumber(1.95, 1, steps)).toBe(2)
  expect(stepNumber(0, -1, steps)).toBe(0)
  expect(stepNumber(5, 10, { step: 1, minimum: 1, maximum: undefined })).toBe(15)
})
