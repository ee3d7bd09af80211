import { describe, expect, it } from 'vitest'
import {
  describeType,
  emptyValue,
  isAssignable,
  isOfType,
  namedTypes,
  typeAt,
  typeOfValue,
  type NamedType,
  type Type,
} from './type.ts'

describe('the type that a path leads to', () => {
  it.each<[Type, readonly (string | number)[], Type | undefined]>([
    ['text', [], 'text'],
    ['chatRequest', ['prompt'], 'text'],
    ['chatRequest', ['options', 'temperature'], { optional: 'number' }],
    ['chatResponse', ['usage', 'totalTokens'], { optional: 'number' }],
    ['chatResponse', ['history', 0, 'role'], { optional: 'text' }],
    ['vectorSearchResult', ['records', 0, 'metadata', 'any', 'thing'], 'any'],
    [{ optional: { optional: 'chatRequest' } }, ['prompt'], { optional: 'text' }],
    ['any', ['x', 0, 'y'], 'any'],
    ['chatRequest', ['nope'], undefined],
    ['chatRequest', [0], undefined],
    ['chatRequest', ['constructor'], undefined],
    [{ list: 'text' }, ['0'], undefined],
    [{ list: 'text' }, ['length'], undefined],
    ['text', ['length'], undefined],
  ])('%j at %j is %j', (type, path, result) => {
    expect(typeAt(type, path)).toEqual(result)
  })
})

describe('a value may be bound', () => {
  it.each<[Type, Type]>([
    ['text', 'text'],
    ['number', 'text'],
    ['boolean', 'text'],
    ['any', 'number'],
    ['number', 'any'],
    [{ optional: 'text' }, 'text'],
    [{ list: 'text' }, { list: 'text' }],
    [{ list: 'any' }, { list: 'number' }],
    ['chatResponse', { record: {} }],
    ['chatResponse', { record: { content: 'text' } }],
    [{ record: { role: 'text', content: 'text' } }, 'chatMessage'],
    [{ record: {} }, { record: { a: { optional: 'text' } } }],
  ])('[F19] %j where %j is wanted', (from, to) => {
    expect(isAssignable(from, to)).toBe(true)
  })

  it.each<[Type, Type]>([
    ['text', 'number'],
    ['chatResponse', 'text'],
    [{ list: 'text' }, 'text'],
    ['text', { list: 'text' }],
    [{ list: 'text' }, { list: 'number' }],
    [{ record: { role: 'text' } }, 'chatMessage'],
    [{ record: { role: 'text', content: { list: 'text' } } }, 'chatMessage'],
    ['message', 'chatMessage'],
    [{ list: 'text' }, { record: {} }],
  ])('[F19] but not %j where %j is wanted', (from, to) => {
    expect(isAssignable(from, to)).toBe(false)
  })
})

describe('the empty value of a type', () => {
  it('[F19] is one of the type, for every named type', () => {
    // Object.keys gives text; the table is keyed by the names.
    for (const name of Object.keys(namedTypes) as NamedType[]) {
      expect(isOfType(emptyValue(name), name)).toBe(true)
    }
    expect(emptyValue('chatResponse')).toEqual({
      content: '',
      role: '',
      modelId: '',
      finishReason: null,
      usage: null,
      history: [],
      historyJson: '',
      refusal: null,
    })
  })
})

describe('the type of a value', () => {
  it.each<[unknown, Type]>([
    ['a', 'text'],
    [1, 'number'],
    [null, 'any'],
    [[], { list: 'any' }],
    [[1, 2], { list: 'number' }],
    [[1, 'a'], { list: 'any' }],
    [[{ a: 1 }, { a: 'x' }], { list: 'any' }],
    [{ a: [true] }, { record: { a: { list: 'boolean' } } }],
  ])('%j shows %j', (value, type) => {
    expect(typeOfValue(value)).toEqual(type)
    expect(isOfType(value, type)).toBe(true)
  })

  it.each<[unknown, Type]>([
    [1, 'text'],
    ['1', 'number'],
    [null, 'text'],
    [[1, 'a'], { list: 'number' }],
    [{}, 'message'],
    [[], { record: {} }],
    [{ content: 'a', index: '0' }, 'message'],
  ])('%j is none of %j', (value, type) => {
    expect(isOfType(value, type)).toBe(false)
  })
})

it('says a type in words', () => {
  expect(
    [
      'text',
      { list: 'chatMessage' },
      { optional: 'text' },
      { record: {} },
      { record: { a: 'text', b: 'any' } },
    ].map((type) => describeType(type as Type)), // the literals above are types
  ).toEqual(['text', 'list of chatMessage', 'text or null', 'record', 'record with a, b'])
})
