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
import { pickerGroups, pickerRows } from './picker-model.ts'

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
})
