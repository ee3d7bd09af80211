import { describe, expect, it } from 'vitest'
import { createRegistry, defineNode } from './definition.ts'
import type { FlowNode } from './flow.ts'
import { property } from './property.ts'
import { resultTypesOf } from './result-types.ts'
import { fixtureNodes } from './testing/fixture-registry.ts'
import { flowOf, node, type FlowParts } from './testing/flow-of.ts'

const jump = {
  version: 1,
  kind: 'action',
  system: 'Test',
  category: 'output',
  icon: '',
  description: 'Ends the flow.',
  exec: { in: true, out: {} },
} as const
const registry = createRegistry({
  nodes: [
    ...fixtureNodes,
    defineNode({
      ...jump,
      type: 'test.return',
      title: 'Return',
      properties: { value: property.value({ label: 'Value' }) },
      jump: 'return',
      returns: 'value',
    }),
    defineNode({ ...jump, type: 'test.end', title: 'End', properties: {}, jump: 'return' }),
    defineNode({ ...jump, type: 'test.throw', title: 'Throw', properties: {}, jump: 'throw' }),
  ],
  connections: [],
})

const start = node('start', 'form', {
  fields: [
    { name: 'order', type: 'text' },
    { name: 'most', type: 'number', optional: true },
  ],
})
const giving = (id: string, value: NonNullable<FlowNode['properties']>[string]) =>
  node(id, 'return', { value })

function typesOf(nodes: readonly FlowNode[], parts: Omit<FlowParts, 'nodes'> = {}) {
  return resultTypesOf(flowOf({ nodes: [start, ...nodes], ...parts }), registry)
}

describe('what a flow results in', () => {
  it.each([
    [{ $ref: 'form' }, { record: { order: 'text', most: { optional: 'number' } } }],
    [{ $ref: 'form.most' }, { optional: 'number' }],
    [
      { $expr: '{"found": form.order == "", "all": [1]}' },
      { record: { found: 'boolean', all: { list: 'number' } } },
    ],
    [{ done: true, why: null }, { record: { done: 'boolean', why: 'any' } }],
    [{ $text: ['Order ', { $ref: 'form.order' }] }, 'text'],
    [null, 'any'],
  ])('is of the type of what is returned: %j', (value, type) => {
    expect(typesOf([giving('end', value)], { lines: ['start.next -> end'] })).toEqual([type])
  })

  it('may be null where it is a variable of the flow, which takes null', () => {
    const variables = [{ name: 'total', type: 'number', value: 1 }] as const
    const parts = { lines: ['start.next -> end'], variables }
    expect(typesOf([giving('end', { $ref: 'total' })], parts)).toEqual([{ optional: 'number' }])
    expect(typesOf([giving('end', { $expr: '{"total": total}' })], parts)).toEqual([
      { record: { total: { optional: 'number' } } },
    ])
  })

  it('is one of the types of its ways, each told once', () => {
    const nodes = [
      node('if', 'if'),
      giving('yes', { a: 1 }),
      giving('no', 'no'),
      giving('end', 'x'),
    ]
    const ways = ['start.next -> if', 'if.true -> yes', 'if.false -> no']
    expect(typesOf(nodes, { lines: ways })).toEqual([{ record: { a: 'number' } }, 'text'])
    expect(
      typesOf(nodes, { lines: ['start.next -> if', 'if.true -> no', 'if.continue -> end'] }),
    ).toEqual(['text'])
  })

  it('is not known where a way reaches the end, or a jump does not tell what it returns', () => {
    const branch = ['start.next -> if', 'if.true -> yes']
    expect(typesOf([node('if', 'if'), giving('yes', 1)], { lines: branch })).toEqual([
      'number',
      'any',
    ])
    const loop = ['start.next -> each', 'each.item -> yes']
    expect(typesOf([node('each', 'each'), giving('yes', 1)], { lines: loop })).toEqual([
      'number',
      'any',
    ])
    const disabled = { ...giving('end', 1), disabled: true }
    expect(typesOf([disabled], { lines: ['start.next -> end'] })).toEqual(['any'])
    expect(typesOf([node('end', 'end')], { lines: ['start.next -> end'] })).toEqual(['any'])
    expect(typesOf([])).toEqual(['any'])
  })

  it('is nothing where the flow fails, and of nothing that never runs', () => {
    const nodes = [node('fail', 'throw'), giving('loose', 1)]
    expect(typesOf(nodes, { lines: ['start.next -> fail'] })).toEqual([])
    const off = { ...node('if', 'if'), disabled: true }
    expect(
      typesOf([off, giving('inside', 1), giving('end', 'x')], {
        lines: ['start.next -> if', 'if.true -> inside', 'if.continue -> end'],
      }),
    ).toEqual(['text'])
  })
})
