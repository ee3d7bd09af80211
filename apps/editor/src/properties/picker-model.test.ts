import {
  createRegistry,
  defineNode,
  emptyFlow,
  property,
  scopesOf,
  type Flow,
  type Type,
} from '@millrace/flow'
import { describe, expect, it } from 'vitest'
import { pickerGroups, pickerRows, type PickerNode } from './picker-model.ts'

function answerOf() {
  return { nameFrom: 'out', type: { record: { status: 'number', body: 'any' } } } as const
}

const common = { version: 1, system: 'Test', icon: 'x', description: '' } as const
const registry = createRegistry({
  nodes: [
    defineNode({
      ...common,
      type: 'test.trigger',
      kind: 'trigger',
      title: 'Trigger',
      category: 'trigger',
      exec: { in: false, out: { next: { label: 'Next' } } },
      properties: { out: property.variableName({ label: 'Output', default: 'request' }) },
      outputs: { request: { nameFrom: 'out', type: 'chatRequest' } },
    }),
    defineNode({
      ...common,
      type: 'test.stream',
      kind: 'action',
      title: 'Stream',
      category: 'model',
      exec: {
        in: true,
        out: {
          each: { label: 'For each', block: { message: { nameFrom: 'item', type: 'message' } } },
          continue: { label: 'Continue' },
        },
      },
      properties: { item: property.variableName({ label: 'Item', default: 'message' }) },
    }),
    defineNode({
      ...common,
      type: 'test.call',
      kind: 'action',
      title: 'Call',
      category: 'data',
      exec: {
        in: true,
        out: { success: { label: 'Success', block: { answer: answerOf() } } },
      },
      properties: { out: property.variableName({ label: 'Output', default: 'answer' }) },
      outputs: { answer: answerOf() },
    }),
  ],
  connections: [],
})

const flow: Flow = {
  ...emptyFlow('test', 'Test'),
  variables: [{ name: 'modelId', type: 'text' }],
  nodes: [
    { id: 'start', type: 'test.trigger' },
    { id: 'stream', type: 'test.stream', title: 'Answer' },
    { id: 'inner', type: 'test.stream', properties: { item: 'inner' } },
  ],
  edges: [
    { from: ['start', 'next'], to: 'stream' },
    { from: ['stream', 'each'], to: 'inner' },
  ],
}

function groupsAt(nodeId: string, wanted: Type, takesJson = false) {
  const scopes = scopesOf(flow, registry)
  return pickerGroups({ flow, registry, scopes, nodeId, wanted, takesJson })
}

function linesAt(nodeId: string, wanted: Type, query = '', toggled: readonly string[] = []) {
  return groupsAt(nodeId, wanted).flatMap(({ variables }) =>
    pickerRows(variables, query, new Set(toggled)).map(({ node }) => node.reference),
  )
}

describe('the variable picker', () => {
  it('lists what is in scope nearest first, then what is out of reach with the reason', () => {
    const titles = groupsAt('inner', 'any').map(({ origin }) => origin.title)
    expect(titles).toEqual(['Answer', 'Trigger', 'Flow variables'])

    const atStart = groupsAt('start', 'any').map(({ origin, variables }) => [
      origin.title,
      variables.map(({ reference, unreachable }) => [reference, unreachable]),
    ])
    expect(atStart).toEqual([
      ['Flow variables', [['modelId', undefined]]],
      ['Trigger', [['request', 'This node declares it: it exists only after the node.']]],
      ['Answer', [['message', 'Only inside “For each” of Answer.']]],
    ])
  })

  it('opens what does not fit but holds what does', () => {
    expect(linesAt('inner', 'text').slice(0, 4)).toEqual([
      'message',
      'message.content',
      'message.index',
      'request',
    ])
    expect(linesAt('inner', 'any').slice(0, 2)).toEqual(['message', 'request'])
  })

  it('opens and closes what was toggled', () => {
    expect(linesAt('inner', 'any', '', ['message']).slice(0, 4)).toEqual([
      'message',
      'message.content',
      'message.index',
      'request',
    ])
    expect(linesAt('inner', 'text', '', ['message']).slice(0, 2)).toEqual(['message', 'request'])
  })

  it('greys what does not fit, and lets it be chosen where JSON will do', () => {
    const [answer] = groupsAt('inner', 'text')
    const [inText] = groupsAt('inner', 'text', true)
    const fits = (group: typeof answer) =>
      group?.variables.flatMap(({ fit, children }) => [fit, ...children.map((child) => child.fit)])
    expect(fits(answer)).toEqual(['none', 'fits', 'fits'])
    expect(fits(inText)).toEqual(['as-json', 'fits', 'fits'])
  })

  it('searches through fields and the items of lists, and shows the way to them', () => {
    expect(linesAt('inner', 'any', 'history role')).toEqual([
      'request',
      'request.history',
      'request.history[0]',
      'request.history[0].role',
    ])
    expect(linesAt('inner', 'any', 'nothing like it')).toEqual([])
  })

  it('lists a variable once that a node gives to its block and to what comes after it', () => {
    const lines = groupsOf({}).flatMap(({ variables }) =>
      variables.map(({ reference, unreachable }) => [reference, unreachable]),
    )
    expect(lines).toEqual([
      ['answer', undefined],
      ['item', undefined],
    ])
  })

  it('offers the field that a search spells out, of what may have any', () => {
    const lines = (query: string) => openLines({ query })
    expect(lines('item.')).toEqual(['item'])
    expect(lines('item.quantity')).toEqual(['item', 'item.quantity'])
    expect(lines('answer.body.items[0]["Order ID"]')).toEqual([
      'answer',
      'answer.body',
      'answer.body.items[0]["Order ID"]',
    ])
    expect(lines('answer.statsu')).toEqual([])
  })

  it('lists the fields that such a value is known to hold', () => {
    const values = new Map<string, unknown>([
      ['answer', { status: 200, body: { id: 7, tags: ['a'] } }],
    ])
    const toggled = ['answer', 'answer.body', 'answer.body.tags']
    expect(openLines({ values, toggled })).toEqual([
      'answer',
      'answer.status',
      'answer.body',
      'answer.body.id',
      'answer.body.tags',
      'answer.body.tags[0]',
      'item',
    ])
    expect(openLines({ values, query: 'answer.body.id' })).toEqual([
      'answer',
      'answer.body',
      'answer.body.id',
    ])
  })
})

it('lists a bounded number of the fields of a large value', () => {
  const record = (inner: unknown) =>
    Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`f${index}`, inner]))
  const values = new Map<string, unknown>([['item', record(record(record(record(1))))]])
  const count = (nodes: readonly PickerNode[]): number =>
    nodes.reduce((sum, { children }) => sum + 1 + count(children), 0)
  const all = groupsOf({ values }).flatMap(({ variables }) => variables)
  expect(count(all)).toBeLessThan(8_000)
})

/** In the block of a node that gives its answer to the block and to what comes after it. */
const calling: Flow = {
  ...emptyFlow('calling', 'Calling'),
  variables: [{ name: 'item', type: 'any' }],
  nodes: [
    { id: 'call', type: 'test.call' },
    { id: 'inside', type: 'test.stream', properties: { item: '' } },
  ],
  edges: [{ from: ['call', 'success'], to: 'inside' }],
}

function groupsOf({ values = new Map() }: { readonly values?: ReadonlyMap<string, unknown> }) {
  const scopes = scopesOf(calling, registry)
  const place = { flow: calling, registry, scopes, nodeId: 'inside', wanted: 'any' } as const
  return pickerGroups({ ...place, values })
}

interface OpenLines {
  readonly values?: ReadonlyMap<string, unknown>
  readonly query?: string
  readonly toggled?: readonly string[]
}

function openLines({ query = '', toggled = [], ...known }: OpenLines): readonly string[] {
  return groupsOf(known).flatMap(({ variables }) =>
    pickerRows(variables, query, new Set(toggled)).map(({ node }) => node.reference),
  )
}
