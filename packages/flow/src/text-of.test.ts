import { expect, it } from 'vitest'
import { textInTemplate, textOf } from './text-of.ts'

it.each([
  ['text', 'text'],
  [null, ''],
  [undefined, ''],
  [{ content: 'part', index: 0 }, 'part'],
  [{ content: 1 }, '{"content":1}'],
  [3, '3'],
  [false, 'false'],
  [['a'], '["a"]'],
])('%j reads %j in a chat', (value, text) => {
  expect(textOf(value)).toBe(text)
})

it.each([
  ['text', 'text'],
  [null, ''],
  [undefined, ''],
  [{ content: 'part' }, '{"content":"part"}'],
  [1.5, '1.5'],
])('%j reads %j inside a text', (value, text) => {
  expect(textInTemplate(value)).toBe(text)
})
