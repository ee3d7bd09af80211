import { expect, it } from 'vitest'
import { costText, moneyText, unknownText } from './cost-text.ts'

it.each([
  [0, 'USD', '$0.00'],
  [12.345, 'USD', '$12.35'],
  [0.1, 'EUR', '€0.10'],
  [0.0123, 'USD', '$0.012'],
  [0.000_041_6, 'USD', '$0.000042'],
  [1234, 'CHF', 'CHF 1,234.00'],
])('writes %d %s as %s', (amount, currency, text) => {
  expect(moneyText(amount, currency).replaceAll('\u00A0', ' ')).toBe(text)
})

it('says what is not in a cost', () => {
  const known = { amount: 0.5, currency: 'USD', unknownModels: [] }
  expect(costText(known)).toBe('$0.50')
  expect(costText({ ...known, unknownModels: ['wheel'] })).toBe('$0.50 + no price')
  expect(costText({ ...known, amount: 0, unknownModels: ['wheel'] })).toBe('No price')
  expect(unknownText(known)).toBe('')
  expect(unknownText({ unknownModels: ['wheel', null] })).toBe(
    'No price is known for wheel and a model that was not named.',
  )
})
