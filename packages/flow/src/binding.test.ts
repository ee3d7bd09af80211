import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isSet, readBinding, writeBinding } from './binding.ts'
import type { JsonValue } from './json.ts'

describe('the value of a property', () => {
  it.each<[JsonValue, ReturnType<typeof readBinding>]>([
    ['text', { kind: 'literal', value: 'text' }],
    [null, { kind: 'literal', value: null }],
    [[{ $ref: 'a' }], { kind: 'literal', value: [{ $ref: 'a' }] }],
    [{ ref: 'a' }, { kind: 'literal', value: { ref: 'a' } }],
    [{ $ref: 'a.b' }, { kind: 'reference', reference: 'a.b' }],
    [{ $expr: 'a + 1' }, { kind: 'expression', source: 'a + 1' }],
    [{ $text: ['Hi ', { $ref: 'a' }] }, { kind: 'text', parts: ['Hi ', { $ref: 'a' }] }],
    [{ $text: [{ $expr: 'a.b' }] }, { kind: 'text', parts: [{ $expr: 'a.b' }] }],
    [{ $literal: { $ref: 'a' } }, { kind: 'literal', value: { $ref: 'a' } }],
  ])('[F11] %j is told apart', (value, binding) => {
    expect(readBinding(value)).toEqual(binding)
  })

  it.each<JsonValue>([
    { $ref: 1 },
    { $ref: 'a', more: 1 },
    { $expr: null },
    { $text: 'a' },
    { $text: [1] },
    { $text: [{ $ref: 'a', more: 1 }] },
    { $text: [{ $expr: 1 }] },
    { $text: [{ $ref: 'a', $expr: 'a' }] },
    { $ref: 'a', $expr: 'b' },
  ])('[F11] %j is malformed, and no literal', (value) => {
    expect(readBinding(value)).toBeUndefined()
  })

  it('[F11] is written as it was read', () => {
    const json = fc.jsonValue({ maxDepth: 3 }).map((value) => value as JsonValue) // JSON is JSON
    const special = fc.tuple(fc.constantFrom('$ref', '$text', '$expr', '$literal'), json)
    const value = fc.oneof(
      json,
      special.map(([key, inner]) => ({ [key]: inner })),
    )
    fc.assert(
      fc.property(value, (literal) => {
        const binding = { kind: 'literal', value: literal } as const
        expect(readBinding(writeBinding(binding))).toEqual(binding)
        const read = readBinding(literal)
        if (read !== undefined) expect(readBinding(writeBinding(read))).toEqual(read)
      }),
    )
  })

  it.each<JsonValue | undefined>([
    undefined,
    null,
    '',
    { $ref: '' },
    { $expr: '  ' },
    { $text: [] },
    { $text: ['', ''] },
    { $literal: null },
    { $literal: '' },
  ])('%j is not set', (value) => {
    expect(isSet(value)).toBe(false)
  })

  it.each<JsonValue>([
    0,
    false,
    ' ',
    [],
    {},
    { $ref: 'a' },
    { $text: [{ $ref: '' }] },
    { $ref: 1 },
  ])('%j is set', (value) => {
    expect(isSet(value)).toBe(true)
  })
})
