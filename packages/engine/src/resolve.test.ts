import { property, type JsonValue, type PropertyDefinition } from '@millrace/flow'
import { describe, expect, it } from 'vitest'
import { compileProperty } from './resolve.ts'

const slots = new Map([
  ['request', 0],
  ['count', 1],
  ['empty', 2],
])
const values = [{ prompt: 'Hello', 'Order ID': 7, list: [{ id: 'first' }] }, 3, null]

function resolve(definition: PropertyDefinition, value: JsonValue | undefined): unknown {
  const site = { nodeId: 'node', title: 'Node', key: 'key', property: definition }
  return compileProperty(site, value, slots)(values)
}

const text = property.text({ label: 'Text' })

describe('what a property is given', () => {
  it.each<[JsonValue, unknown]>([
    ['plain', 'plain'],
    [{ $ref: 'request.prompt' }, 'Hello'],
    [{ $ref: 'request["Order ID"]' }, '7'],
    [{ $ref: 'request.list[0].id' }, 'first'],
    [
      { $text: ['You said: ', { $ref: 'request.prompt' }, { $ref: 'empty' }, '!'] },
      'You said: Hello!',
    ],
    [{ $text: ['As JSON: ', { $ref: 'request.list' }] }, 'As JSON: [{"id":"first"}]'],
    [{ $text: ['Items: ', { $expr: 'size(request.list)' }] }, 'Items: 1'],
    [{ $expr: 'request.prompt.size() + 1' }, '6'],
    [{ $ref: 'request' }, JSON.stringify(values[0])],
  ])('%j is %j as text', (value, expected) => {
    expect(resolve(text, value)).toBe(expected)
  })

  it.each<[JsonValue | undefined, unknown]>([
    ['Ask: @@q', ['Ask: @@q']],
    [{ $ref: 'request.prompt' }, ['Hello']],
    [{ $expr: '"@@" + request.prompt' }, ['@@Hello']],
    [
      { $text: ['You said: ', { $ref: 'request.prompt' }, { $ref: 'empty' }, '!'] },
      ['You said: ', { value: 'Hello' }, { value: '' }, '!'],
    ],
    [{ $text: [{ $expr: '"@@" + request.prompt' }] }, [{ value: '@@Hello' }]],
    [{ $ref: 'empty' }, undefined],
    [undefined, undefined],
  ])(
    '%j is %j as a template, which tells its own text from what a variable put in',
    (value, expected) => {
      const template = property.template({ label: 'Template', placeholders: { q: 'The question' } })
      expect(resolve(template, value)).toEqual(expected)
    },
  )

  it('is undefined for an optional property that is absent, empty, or leads to null', () => {
    expect(
      [undefined, '', { $ref: 'empty' }, { $ref: 'request.nope.deeper' }].map((value) =>
        resolve(text, value),
      ),
    ).toEqual([undefined, undefined, undefined, undefined])
  })

  it('is empty text where a variable holds that and any value is wanted', () => {
    const wanted = property.value({ label: 'Value' })
    expect(resolve(wanted, { $expr: '""' })).toBe('')
    expect(resolve(wanted, '')).toBeUndefined()
    expect(resolve(wanted, { $literal: '' })).toBeUndefined()
    expect(resolve(property.value({ label: 'Top', default: 3 }), { $expr: '""' })).toBe(3)
  })

  it('is the default where there is one', () => {
    expect(resolve(property.number({ label: 'Top', default: 3 }), { $ref: 'empty' })).toBe(3)
  })

  it('never reaches what an object inherits', () => {
    expect(
      resolve(property.value({ label: 'Value', required: true }), { $ref: 'request.constructor' }),
    ).toBeNull()
  })

  it('keeps a number a number, and refuses one out of range with the name of the property', () => {
    const temperature = property.number({ label: 'Temperature', minimum: 0, maximum: 2 })
    expect(resolve(temperature, { $expr: 'count - 1' })).toBe(2)
    expect(() => resolve(temperature, { $expr: 'count + 1' })).toThrow(
      '"Temperature" of "Node" must be at most 2.',
    )
  })

  it('fails with a sentence when an expression cannot be worked out', () => {
    expect(() => resolve(text, { $expr: 'request.nope' })).toThrow(
      '"Text" of "Node" could not be worked out: there is no "nope" in it.',
    )
  })

  it('[E21] fails when an expression nests too deep', () => {
    const deep: unknown = JSON.parse(`${'['.repeat(64)}${']'.repeat(64)}`)
    const property = { kind: 'value', label: 'Value' } as const
    const site = { nodeId: 'node', title: 'Node', key: 'key', property }
    const resolver = compileProperty(site, { $expr: '[deep]' }, new Map([['deep', 0]]))
    expect(() => resolver([deep])).toThrow(
      '"Value" of "Node" could not be worked out: it nests deeper than 64 levels.',
    )
  })

  it('fails when a required property is empty', () => {
    const required = property.text({ label: 'User prompt', required: true })
    expect(() => resolve(required, { $ref: 'empty' })).toThrow('"User prompt" of "Node" is empty.')
  })

  it('is whatever the variable holds, where only a variable is taken', () => {
    const context = property.reference({ label: 'Context' })
    expect(resolve(context, { $ref: 'request' })).toBe(values[0])
    expect(resolve(context, { $ref: 'request.prompt' })).toBe('Hello')
  })

  it('is null only where any value is wanted, not where a type is', () => {
    const anything = property.value({ label: 'Value', required: true })
    expect(resolve(anything, { $ref: 'empty' })).toBeNull()
    const typed = property.value({ label: 'Input', required: true, type: 'text' })
    expect(() => resolve(typed, { $ref: 'empty' })).toThrow('"Input" of "Node" is empty.')
  })

  it('fails when a value is not of the type that is wanted', () => {
    const rows = property.value({ label: 'Source', type: { list: { record: {} } } })
    expect(resolve(rows, { $ref: 'request.list' })).toEqual([{ id: 'first' }])
    expect(() => resolve(rows, { $ref: 'request' })).toThrow(
      '"Source" of "Node" needs list of record, and got record with prompt, Order ID, list.',
    )
  })
})

describe('a value in which bindings stand', () => {
  const place = { connection: 'connection', table: 'table' }
  const query = property.sql({ label: 'Query', connection: 'connection' })
  const sql = (type: string, value: JsonValue) => ({
    statement: 'SELECT @Id',
    parameters: [{ name: 'Id', type, value }],
  })

  it.each<[string, JsonValue, unknown]>([
    ['auto', { $ref: 'request.list' }, [{ id: 'first' }]],
    ['auto', { $ref: 'empty' }, null],
    ['auto', { $ref: 'request.nope' }, null],
    ['auto', '', ''],
    ['text', { $ref: 'count' }, '3'],
    ['text', { $text: ['Order ', { $ref: 'request["Order ID"]' }] }, 'Order 7'],
    ['integer', { $expr: 'count + 1' }, 4],
    ['integer', { $ref: 'empty' }, null],
    ['vector', { $literal: [1, 2] }, [1, 2]],
    ['json', { $literal: { $ref: 'count' } }, { $ref: 'count' }],
  ])('has each of them resolved: as %s %j is %j', (type, binding, value) => {
    expect(resolve(query, sql(type, binding))).toEqual(sql(type, value as JsonValue))
  })

  it('keeps all else as it is', () => {
    const mapping = property.columnMapping({ label: 'Columns', ...place })
    expect(
      resolve(mapping, [
        { column: 'id', key: true, type: 'integer', value: { $ref: 'count' } },
        { column: '$ref', type: 'auto', value: 'plain' },
      ]),
    ).toEqual([
      { column: 'id', key: true, type: 'integer', value: 3 },
      { column: '$ref', type: 'auto', value: 'plain' },
    ])
    const filter = property.filter({ label: 'Filter', ...place })
    const row = { field: { $ref: 'request.prompt' }, operator: 'in', value: { $expr: '[count]' } }
    expect(resolve(filter, { match: 'any', rows: [row] })).toEqual({
      match: 'any',
      rows: [{ field: 'Hello', operator: 'in', value: [3] }],
    })
  })

  it('does not change what the flow has', () => {
    const value = sql('auto', { $ref: 'count' })
    expect(resolve(query, value)).not.toBe(value)
    expect(value).toEqual(sql('auto', { $ref: 'count' }))
  })

  it.each<[string, JsonValue, string]>([
    ['integer', { $ref: 'request.prompt' }, 'needs number, and got text'],
    ['vector', { $ref: 'count' }, 'needs list of number, and got number'],
    ['auto', { $expr: 'request.nope' }, 'could not be worked out: there is no "nope" in it'],
  ])('fails by the label of one that does not fit %s', (type, binding, what) => {
    expect(() => resolve(query, sql(type, binding))).toThrow(
      expect.objectContaining({
        code: 'input_invalid',
        message: `"Query: @Id" of "Node" ${what}.`,
        nodeId: 'node',
        property: 'key',
      }),
    )
  })
})

describe('conditions', () => {
  const conditions = property.conditions({ label: 'Condition', required: true })
  const holds = (value: JsonValue) => (resolve(conditions, value) as () => boolean)()
  const row = (left: JsonValue, operator: string, right?: JsonValue) => ({
    match: 'all',
    rows: [{ left, operator, ...(right === undefined ? {} : { right }) }],
  })

  it.each<[JsonValue, boolean]>([
    [row({ $ref: 'count' }, 'equals', 3), true],
    [row({ $ref: 'count' }, 'equals', '3'), true],
    [row({ $ref: 'count' }, 'less', 10), true],
    [row('10', 'less', '9'), false],
    [row('b', 'greater', 'a'), true],
    [row({ $ref: 'empty' }, 'less', 1), false],
    [row({ $ref: 'empty' }, 'isEmpty'), true],
    [row({ $ref: 'request.list' }, 'isNotEmpty'), true],
    [row({ $ref: 'request.prompt' }, 'contains', 'ell'), true],
    [row({ $ref: 'request.prompt' }, 'notContains', 'ell'), false],
    [row({ $ref: 'request.prompt' }, 'endsWith', 'lo'), true],
    [row({ $expr: '1 < 2' }, 'isTrue'), true],
    [row({ $expr: '1 < 2' }, 'isFalse'), false],
    [row({ $ref: 'empty' }, 'isFalse'), false],
    [row({ $ref: 'request.prompt' }, 'startsWith', 'hell'), false],
    [row({ $ref: 'request.list' }, 'notEquals', { $ref: 'request.list' }), false],
    [{ $expr: 'count > 2 && request.prompt == "Hello"' }, true],
    [{ match: 'any', rows: [] }, false],
    [{ $literal: { match: 'all', rows: [] } }, true],
    [{ match: 'all', rows: [] }, true],
  ])('%j is %j', (value, expected) => {
    expect(holds(value)).toBe(expected)
  })
})
