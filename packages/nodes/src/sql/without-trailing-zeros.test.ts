import { expect, it } from 'vitest'
import { withoutTrailingZeros } from './without-trailing-zeros.ts'

it.each([
  ['1.50', '1.5'],
  ['1.05', '1.05'],
  ['-100.00', '-100'],
  ['100', '100'],
  ['0.00', '0'],
  ['10.', '10'],
  ['.50', '.5'],
  ['1.5e+30', '1.5e+30'],
  ['1.50x', '1.50x'],
])('writes %s as %s', (digits, expected) => {
  expect(withoutTrailingZeros(digits)).toBe(expected)
})

it('takes a number of any length, with zeros in its middle', () => {
  const digits = `0.${'0'.repeat(400_000)}1`
  expect(withoutTrailingZeros(`${digits}000`)).toBe(digits)
})
