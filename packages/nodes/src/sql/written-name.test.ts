import { expect, it } from 'vitest'
import { readWrittenName } from './written-name.ts'

const plain = (text: string) => ({ text, isQuoted: false })
const quoted = (text: string) => ({ text, isQuoted: true })

it.each([
  ['orders', undefined, plain('orders')],
  [' sales.orders ', plain('sales'), plain('orders')],
  ['"My Table"', undefined, quoted('My Table')],
  ['sales."a ""b"" c.d"', plain('sales'), quoted('a "b" c.d')],
  ['[dbo].[Orders]', quoted('dbo'), quoted('Orders')],
  ['[a]]b]', undefined, quoted('a]b')],
  ['`orders`', undefined, quoted('orders')],
  ['Order Lines', undefined, plain('Order Lines')],
  ['été', undefined, plain('été')],
])('[Q23] reads %j', (written, schema, name) => {
  expect(readWrittenName(written)).toEqual({ schema, name })
})

it.each(['', ' ', '.', 'a.', '.a', 'a..b', 'a.b.c', '"open', '[open', 'a"b', '"a"b'])(
  '[Q23] takes %j for no name of a table',
  (written) => {
    expect(readWrittenName(written)).toBeUndefined()
  },
)
