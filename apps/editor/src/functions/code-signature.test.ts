import { expect, it } from 'vitest'
import { codeSignature } from './code-signature.ts'

const input = (name: string, type: Parameters<typeof codeSignature>[0][number]['type']) => ({
  name,
  value: null,
  type,
})

it('says what the code gets and gives, in the words of the designer', () => {
  const inputs = [
    input('customer', { record: { name: 'text' } }),
    input('count', 'number'),
    input('rows', { optional: { list: 'any' } }),
    input('message', 'message'),
    input('whatever', 'any'),
  ]
  expect(codeSignature(inputs, 'text')).toBe(
    'function (customer: record, count: number, rows: list?, message: message, whatever: any): text {',
  )
})

it('says nothing of a result that may be anything', () => {
  expect(codeSignature([], 'any')).toBe('function () {')
})
