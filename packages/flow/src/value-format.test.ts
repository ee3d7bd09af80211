import { describe, expect, it } from 'vitest'
import { checkExpression, compileExpression } from './expression.ts'
import type { ScopeVariable } from './scope.ts'
import type { Type } from './type.ts'
import {
  readFormat,
  stepsFor,
  typeAfter,
  typeOfReference,
  writeFormat,
  type FormatStep,
  type FormattedValue,
} from './value-format.ts'

const types = {
  name: 'text',
  nickname: { optional: 'text' },
  texts: { list: 'text' },
  numbers: { list: 'number' },
  price: 'number',
  discount: { optional: 'number' },
  paid: 'boolean',
  when: 'text',
  response: 'chatResponse',
  found: 'vectorSearchResult',
  body: 'any',
  row: { record: { 'Order ID': 'number' } },
} as const satisfies Readonly<Record<string, Type>>

const variables: readonly ScopeVariable[] = Object.entries(types).map(([name, type]) => ({
  name,
  type,
  origin: { kind: 'flow' },
}))

const values = {
  name: 'Müller',
  nickname: null,
  texts: ['a', 'b'],
  numbers: [1, 2.5],
  price: 2.345,
  discount: null,
  paid: true,
  when: '2026-01-31T12:05:00Z',
  response: { content: 'Hi', usage: null, history: [] },
  found: { records: [], prompt: '' },
  body: { items: ['x'] },
  row: { 'Order ID': 7 },
}

function given(formatted: FormattedValue): unknown {
  const { evaluate } = compileExpression(writeFormat(formatted, variables))
  return evaluate(values)
}

describe('a format', () => {
  it.each<[FormattedValue, unknown]>([
    [{ reference: 'name', steps: [{ kind: 'upper' }] }, 'MÜLLER'],
    [{ reference: 'texts', steps: [{ kind: 'join', separator: ', ' }] }, 'a, b'],
    [{ reference: 'numbers', steps: [{ kind: 'join', separator: '; ' }] }, '1; 2.5'],
    [{ reference: 'texts', steps: [{ kind: 'last' }, { kind: 'upper' }] }, 'B'],
    [{ reference: 'texts', steps: [{ kind: 'count' }] }, 2],
    [{ reference: 'price', steps: [{ kind: 'round', digits: 2 }] }, 2.35],
    [{ reference: 'price', steps: [{ kind: 'round', digits: 0 }] }, 2],
    [
      { reference: 'when', steps: [{ kind: 'date', pattern: 'DD.MM.YYYY HH:mm' }] },
      '31.01.2026 12:05',
    ],
    [{ reference: 'numbers', steps: [{ kind: 'json' }] }, '[1,2.5]'],
    [{ reference: 'nickname', steps: [], ifEmpty: 'friend' }, 'friend'],
    [{ reference: 'nickname', steps: [{ kind: 'upper' }] }, null],
    [{ reference: 'discount', steps: [{ kind: 'round', digits: 1 }], ifEmpty: 'none' }, 'none'],
    [{ reference: 'discount', steps: [], ifEmpty: 0 }, 0],
    [{ reference: 'response.usage.totalTokens', steps: [], ifEmpty: 0 }, 0],
    [{ reference: 'response.history', steps: [{ kind: 'last' }], ifEmpty: 'nobody' }, 'nobody'],
    [{ reference: 'found.records[0].content', steps: [], ifEmpty: '–' }, '–'],
    [{ reference: 'body.items[0]', steps: [{ kind: 'upper' }] }, 'X'],
    [{ reference: 'body.missing', steps: [], ifEmpty: '–' }, '–'],
    [{ reference: 'row["Order ID"]', steps: [{ kind: 'round', digits: 0 }] }, 7],
  ])('%j gives %j', (formatted, expected) => {
    expect(given(formatted)).toEqual(expected)
  })

  it('is told apart from any other expression', () => {
    const others = [
      'name',
      'name + "!"',
      'nickname == null ? "a" : name',
      'name == "x" ? "a" : name',
      'texts.map(item, item.upper()).join(", ")',
      'name.substring(0, 2)',
      'price > 2.0 ? 1 : price',
      'round(price, 1 + 1)',
      'name.',
    ]
    expect(others.filter((source) => readFormat(source) !== undefined)).toEqual([])
  })

  it('is read back from the expression that it is written as, which is sound', () => {
    for (const formatted of everyFormat()) {
      const source = writeFormat(formatted, variables)
      expect([source, readFormat(source)]).toEqual([source, formatted])
      expect([source, checkExpression(source, variables)]).toEqual([
        source,
        { type: expect.anything() },
      ])
    }
  })
})

/** Each reference with each step that fits, and each that fits after it, with a default and without. */
function everyFormat(): readonly FormattedValue[] {
  const references = [
    ...Object.keys(types),
    ...['response.usage', 'response.usage.totalTokens', 'response.history[1].content'],
    ...['found.records', 'found.records[0].metadata.page', 'body.items[0]', 'row["Order ID"]'],
  ]
  return references.flatMap((reference) => {
    const type = typeOfReference(reference, variables)
    const chains: readonly (readonly FormatStep[])[] = stepsFor(type).flatMap((first) => [
      [first],
      ...stepsFor(typeAfter(type, first)).map((second) => [first, second]),
    ])
    const canBeEmpty = writeFormat({ reference, steps: [], ifEmpty: '' }, variables) !== reference
    return chains.flatMap((steps): readonly FormattedValue[] => [
      { reference, steps },
      ...(canBeEmpty && isText(steps, type) ? [{ reference, steps, ifEmpty: 'none' }] : []),
    ])
  })
}

function isText(steps: readonly FormatStep[], type: Type): boolean {
  const result = steps.reduce<Type>(typeAfter, type)
  return result === 'text' || result === 'number' || result === 'any'
}
