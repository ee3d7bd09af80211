import fc from 'fast-check'
import type { JsonValue } from '@millrace/flow'
import { expect, it } from 'vitest'
import { pythonLiteral, typescriptLiteral } from './literal.ts'

it('writes any JSON as an expression that is that JSON', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      // What the function reads is what the property made.
      // oxlint-disable-next-line no-implied-eval, no-new-func
      const read = new Function(`return ${typescriptLiteral(value as JsonValue)}`) as () => unknown
      expect(JSON.stringify(read())).toBe(JSON.stringify(value))
    }),
  )
})

it('writes short things on a line, and long ones on several', () => {
  expect(typescriptLiteral({ prompt: "It's", 'x-1': [1, true, null] })).toBe(
    "{ prompt: 'It\\'s', 'x-1': [1, true, null] }",
  )
  expect(typescriptLiteral({ text: 'x'.repeat(60), list: [] })).toBe(
    `{\n  text: '${'x'.repeat(60)}',\n  list: [],\n}`,
  )
})

it('writes Python’s own words', () => {
  expect(pythonLiteral({ on: true, off: false, none: null, text: "it's" })).toBe(
    '{"on": True, "off": False, "none": None, "text": "it\'s"}',
  )
})
