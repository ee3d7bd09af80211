import { expect, it } from 'vitest'
import { identifierText, tableText } from './identifier-text.ts'

it('quotes a name where the database would read another one', () => {
  expect(identifierText('postgres', 'order_id')).toBe('order_id')
  expect(identifierText('postgres', 'OrderId')).toBe('"OrderId"')
  expect(identifierText('postgres', 'a"b')).toBe('"a""b"')
  expect(identifierText('sqlserver', 'OrderId')).toBe('OrderId')
  expect(identifierText('sqlserver', 'Order ]Id')).toBe('[Order ]]Id]')
})

it('names the schema of a table where it is not the usual one', () => {
  expect(tableText('postgres', { schema: 'public', name: 'orders' })).toBe('orders')
  expect(tableText('postgres', { schema: 'Sales', name: 'orders' })).toBe('"Sales".orders')
  expect(tableText('sqlserver', { schema: 'dbo', name: 'Orders' })).toBe('Orders')
})
