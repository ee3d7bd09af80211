import { describe, expect, it } from 'vitest'
import { checkFlow } from './check.ts'
import { completeExpression } from './complete-expression.ts'
import type { FlowNode, FlowVariable } from './flow.ts'
import type { JsonValue } from './json.ts'
import { renameFlowVariable } from './rename.ts'
import { setProperty } from './edit.ts'
import { scopesOf } from './scope.ts'
import { fixtureRegistry } from './testing/fixture-registry.ts'
import { flowOf, node } from './testing/flow-of.ts'
import type { Type } from './type.ts'

const variables: readonly FlowVariable[] = [
  { name: 'names', type: 'list' },
  { name: 'count', type: 'number' },
]

const form = node('form', 'form', {
  fields: [
    { name: 'question', type: 'text' },
    { name: 'tags', type: 'list', optional: true, description: 'Any.' },
    { name: 'options', type: 'record' },
  ],
})

/** A form, then the nodes one after the other, with one node inside of the last one's block. */
function flow(...nodes: readonly FlowNode[]) {
  const all = [form, ...nodes]
  return flowOf({
    nodes: [...all, node('inside', 'yield')],
    lines: [
      ...nodes.map(({ id }, index) => {
        const before = all[index]
        return `${before?.id}.${before?.type === 'test.each' ? 'continue' : 'next'} -> ${id}`
      }),
      `${nodes.at(-1)?.id}.item -> inside`,
    ],
    variables,
  })
}

function each(items: JsonValue): FlowNode {
  return node('each', 'each', { items, indexVariable: 'index' })
}

function typeInside(name: string, ...nodes: readonly FlowNode[]): Type | undefined {
  return scopesOf(flow(...nodes), fixtureRegistry)
    .visibleAt('inside')
    .find(name)?.type
}

describe('the type of an output', () => {
  it.each<[JsonValue, Type]>([
    [{ $ref: 'names' }, 'any'],
    [{ $ref: 'form.tags' }, 'any'],
    [['a', 'b'], 'text'],
    [[1, 'a'], 'any'],
    [[{ a: 1 }], { record: { a: 'number' } }],
    [{ $expr: '[1, 2].map(n, string(n))' }, 'text'],
    [{ $expr: '[{"title": form.question}]' }, { record: { title: 'text' } }],
    [{ $expr: 'form.question.split(",")' }, 'text'],
    [{ $expr: 'nobody.knows' }, 'any'],
    [{ $text: ['a'] }, 'any'],
    [{ $ref: 'gone' }, 'any'],
    ['', 'any'],
  ])('[F29] is that of the items of %j: %j', (items, type) => {
    expect(typeInside('item', each(items))).toEqual(type)
    expect(typeInside('index', each(items))).toBe('number')
  })

  it('[F29] is that of the items of a variable that an earlier output declares', () => {
    const asked = node('chat', 'chat', { connection: 'main', prompt: 'Hi' })
    const nested = flowOf({
      nodes: [asked, each({ $ref: 'response.history' }), node('inside', 'yield')],
      lines: ['chat.continue -> each', 'each.item -> inside'],
    })
    const scopes = scopesOf(nested, fixtureRegistry)
    expect(scopes.visibleAt('inside').find('item')?.type).toBe('chatMessage')
    expect(scopes.blockVariablesOf('each', 'item')).toEqual([
      { key: 'item', name: 'item', type: 'chatMessage', nameFrom: 'itemVariable' },
      { key: 'index', name: 'index', type: 'number', nameFrom: 'indexVariable' },
    ])
    expect(scopes.outputsOf('chat').map(({ name, type }) => [name, type])).toEqual([
      ['response', 'chatResponse'],
    ])
    expect([scopes.outputsOf('gone'), scopes.blockVariablesOf('each', 'gone')]).toEqual([[], []])
  })

  it('[F29] is a record with the fields that a node declares, optional ones among them', () => {
    expect(typeInside('form', each(''))).toEqual({
      record: {
        question: 'text',
        tags: { optional: { list: 'any' } },
        options: { record: {} },
      },
    })
  })

  it('[F29] is an open record where no fields are declared, or none can be read', () => {
    for (const fields of [undefined, [], 'text', [{ name: 'a', type: 'date' }]] as const) {
      const open = flowOf({
        nodes: [node('form', 'form', fields === undefined ? {} : { fields }), node('a', 'yield')],
        lines: ['form.next -> a'],
      })
      expect(scopesOf(open, fixtureRegistry).at('a')[0]?.type).toEqual({ record: {} })
    }
  })

  it.each<[string | undefined, Type]>([
    ['text', 'text'],
    ['list', { list: 'any' }],
    [undefined, 'any'],
    ['nothing', 'any'],
  ])('[F29] is what a property names: %s', (answerType, type) => {
    const call = node('call', 'call', answerType === undefined ? {} : { answerType })
    expect(typeInside('answer', call, each(''))).toEqual(type)
  })

  it('[F29] is checked where it is used', () => {
    const messages = (items: JsonValue, value: JsonValue) => {
      const wrong = flow(each(items))
      const inside = { ...node('inside', 'chat', { connection: 'main', prompt: value }) }
      return checkFlow(
        { ...wrong, nodes: [...wrong.nodes.slice(0, -1), inside] },
        fixtureRegistry,
      ).map(({ code, nodeId }) => `${code} ${nodeId}`)
    }
    expect(messages(['a'], { $ref: 'item' })).toEqual([])
    expect(messages([{ a: 1 }], { $ref: 'item' })).toEqual(['type_mismatch inside'])
    expect(messages([{ a: 1 }], { $ref: 'item.b' })).toEqual(['reference_broken inside'])
    expect(messages({ $ref: 'names' }, { $ref: 'form.tag' })).toEqual(['reference_broken inside'])
  })
})

describe('cases and named values', () => {
  const cases = (condition: JsonValue) => [{ id: 'c1', name: 'First', condition }]

  it.each<[string, string, JsonValue]>([
    ['property_invalid', 'has no case', []],
    ['property_invalid', 'which is not a name', [{ id: '1', name: 'A', condition: {} }]],
    [
      'property_invalid',
      'two cases with the id',
      [...cases({ $expr: 'true' }), ...cases({ $expr: 'true' })],
    ],
    [
      'property_invalid',
      'has no name for case 1',
      [{ id: 'a', name: ' ', condition: { $expr: 'true' } }],
    ],
    ['property_invalid', 'must be a list of cases', [{ id: 'a' }]],
    ['property_invalid', 'has no condition for the case "First"', cases(true)],
    ['type_mismatch', '"Cases: First" of "Choose" needs boolean', cases({ $expr: 'count' })],
    ['expression_invalid', '"Cases: First"', cases({ $expr: 'gone > 1' })],
    [
      'reference_broken',
      '"Cases: First"',
      cases({ match: 'all', rows: [{ left: { $ref: 'gone' }, operator: 'isEmpty' }] }),
    ],
  ])('[F12] are checked, each with its name: %s, %s', (code, message, value) => {
    const found = checkFlow(
      { ...flowOf({ nodes: [node('a', 'choose', { cases: value })] }), variables },
      fixtureRegistry,
    )
    expect(found.map((problem) => problem.code)).toEqual([code])
    expect(found[0]?.message).toContain(message)
  })

  it.each<[string, string, Readonly<Record<string, JsonValue>>]>([
    ['property_invalid', 'has a value without a name', { inputs: [{ name: '', value: 1 }] }],
    ['property_invalid', 'a name is a letter first', { inputs: [{ name: 'a b', value: 1 }] }],
    [
      'property_invalid',
      'two values named "a"',
      {
        inputs: [
          { name: 'a', value: 1 },
          { name: 'a', value: 2 },
        ],
      },
    ],
    ['property_invalid', 'must be a list of values', { inputs: [{ name: 'a' }] }],
    [
      'reference_broken',
      '"Inputs: a" of "Call"',
      { inputs: [{ name: 'a', value: { $ref: 'gone' } }] },
    ],
    [
      'type_mismatch',
      '"Headers: X-A" of "Call" needs text',
      { headers: [{ name: 'X-A', value: { $ref: 'names' } }] },
    ],
    ['property_invalid', 'must be code', { code: 1 }],
    ['property_invalid', 'must be the id of a flow', { flow: 'Not an id' }],
  ])('[F12] are checked, each with its name: %s, %s', (code, message, properties) => {
    const found = checkFlow(
      { ...flowOf({ nodes: [node('a', 'call', properties)] }), variables },
      fixtureRegistry,
    )
    expect(found.map((problem) => problem.code)).toEqual([code])
    expect(found[0]?.message).toContain(message)
  })

  it.each<[string, string, JsonValue]>([
    ['property_invalid', 'must be a list of fields', [{ name: 'a' }]],
    ['property_invalid', 'a field "a b"', [{ name: 'a b', type: 'text' }]],
    [
      'property_invalid',
      'two fields named "a"',
      [
        { name: 'a', type: 'text' },
        { name: 'a', type: 'any' },
      ],
    ],
  ])('[F12] fields are checked as well: %s, %s', (code, message, fields) => {
    const found = checkFlow(flowOf({ nodes: [node('a', 'form', { fields })] }), fixtureRegistry)
    expect(found.map((problem) => problem.code)).toEqual([code])
    expect(found[0]?.message).toContain(message)
  })

  it('[F36] follow a new name in every cell', () => {
    const before = {
      ...flowOf({
        nodes: [
          node('choose', 'choose', {
            cases: [
              { id: 'a', name: 'A', condition: { $expr: 'count > names.map(count, 1).size()' } },
              {
                id: 'b',
                name: 'B',
                condition: {
                  match: 'all',
                  rows: [{ left: { $ref: 'count' }, operator: 'isEmpty' }],
                },
              },
            ],
          }),
          node('call', 'call', {
            inputs: [{ name: 'count', value: { $text: ['count ', { $ref: 'count' }] } }],
            code: 'return count',
          }),
        ],
        lines: ['choose.continue -> call'],
      }),
      variables,
    }
    const renamed = renameFlowVariable(before, fixtureRegistry, { from: 'count', to: 'total' })
    expect(renamed.nodes.map(({ properties }) => properties)).toEqual([
      {
        cases: [
          { id: 'a', name: 'A', condition: { $expr: 'total > names.map(count, 1).size()' } },
          {
            id: 'b',
            name: 'B',
            condition: { match: 'all', rows: [{ left: { $ref: 'total' }, operator: 'isEmpty' }] },
          },
        ],
      },
      {
        inputs: [{ name: 'count', value: { $text: ['count ', { $ref: 'total' }] } }],
        code: 'return count',
      },
    ])
    expect(checkFlow(renamed, fixtureRegistry)).toEqual(checkFlow(before, fixtureRegistry))
  })
})

it('[F30] offers the fields of an item and of what a trigger declares', () => {
  const visible = scopesOf(flow(each([{ title: 'a', size: 1 }])), fixtureRegistry).at('inside')
  const fieldsAfter = (source: string) =>
    completeExpression(source, source.length, visible)
      ?.items.filter(({ kind }) => kind === 'field')
      .map(({ name, detail }) => `${name}: ${detail}`)
  expect(fieldsAfter('item.')).toEqual(['title: text', 'size: number'])
  expect(fieldsAfter('form.')).toEqual([
    'question: text',
    'tags: list of any or null',
    'options: record',
  ])
})

it('[F36] gives a loop another name for its item, inside its block only', () => {
  const before = flow(each(['a']))
  const inside = (source: string) => ({
    ...before,
    nodes: before.nodes.map((one) =>
      one.id === 'inside' ? { ...one, properties: { value: { $expr: source } } } : one,
    ),
  })
  const renamed = setProperty(inside('item + "!"'), fixtureRegistry, {
    nodeId: 'each',
    key: 'itemVariable',
    value: 'word',
  })
  expect(renamed.nodes.at(-1)?.properties).toEqual({ value: { $expr: 'word + "!"' } })
})
