import { describe, expect, it } from 'vitest'
import {
  attach,
  connect,
  detach,
  disconnect,
  insertAt,
  isolateNodes,
  whyNotAttach,
  whyNotConnect,
} from './edit-lines.ts'
import { fixtureRegistry as registry } from './testing/fixture-registry.ts'
import { flowOf, linesOf as lines, node } from './testing/flow-of.ts'

describe('an edge', () => {
  const flow = flowOf({
    nodes: [
      node('start', 'request'),
      node('a', 'if'),
      node('b', 'yield'),
      node('c', 'yield'),
      node('last', 'reducer'),
    ],
    lines: ['start.next -> a', 'a.true -> b', 'b.next -> c'],
  })

  it.each<[string, [string, string], string, string]>([
    ['itself', ['a', 'true'], 'a', 'A node cannot follow itself.'],
    ['a trigger', ['c', 'next'], 'start', 'A trigger starts the flow; nothing leads to it.'],
    [
      'a resource',
      ['c', 'next'],
      'last',
      '"Reducer" is attached to a node at its bottom, it does not run by itself.',
    ],
    ['an exit that is not there', ['c', 'continue'], 'b', '"Yield" has no such exit.'],
    [
      'what leads to it',
      ['c', 'next'],
      'a',
      'This would run in a circle. To repeat something, take a loop node.',
    ],
    ['a node that is gone', ['c', 'next'], 'gone', 'One of the nodes is gone.'],
  ])('cannot lead to %s, and says why', (_, from, to, why) => {
    expect(whyNotConnect(flow, registry, { from, to })).toBe(why)
    expect(connect(flow, registry, { from, to })).toBe(flow)
  })

  it('replaces the edge at the same exit, and the one to the same node', () => {
    expect(lines(connect(flow, registry, { from: ['a', 'true'], to: 'c' }))).toEqual([
      'start.next -> a',
      'a.true -> c',
    ])
    expect(lines(connect(flow, registry, { from: ['a', 'false'], to: 'c' }))).toEqual([
      'start.next -> a',
      'a.true -> b',
      'a.false -> c',
    ])
  })

  it('may lead from a node whose type is not installed, at any exit', () => {
    const odd = { ...flow, nodes: [...flow.nodes, { id: 'odd', type: 'nobody.knows' }] }
    expect(whyNotConnect(odd, registry, { from: ['odd', 'anything'], to: 'a' })).toBeUndefined()
    expect(whyNotConnect(odd, registry, { from: ['c', 'next'], to: 'odd' })).toBeUndefined()
  })

  it('is taken away again', () => {
    expect(lines(disconnect(flow, { from: ['a', 'true'], to: 'b' }))).toEqual([
      'start.next -> a',
      'b.next -> c',
    ])
    expect(disconnect(flow, { from: ['a', 'true'], to: 'c' })).toEqual(flow)
  })
})

describe('putting a node in at an exit', () => {
  const flow = flowOf({
    nodes: ['a', 'b', 'c', 'd'].map((id) => node(id, 'yield')).concat(node('start', 'request')),
    lines: ['a.next -> b', 'c.next -> d'],
  })

  it('runs what was there after it, or after the chain that it begins', () => {
    const exit = ['a', 'next'] as const
    expect(lines(insertAt(flow, registry, { nodeId: 'd', exit }))).toEqual([
      'a.next -> d',
      'd.next -> b',
    ])
    expect(lines(insertAt(flow, registry, { nodeId: 'c', lastId: 'd', exit }))).toEqual([
      'c.next -> d',
      'a.next -> c',
      'd.next -> b',
    ])
  })

  it('changes nothing where the node cannot run', () => {
    expect(insertAt(flow, registry, { nodeId: 'start', exit: ['a', 'next'] })).toBe(flow)
  })

  it('takes a node out of its chain, and connects nothing instead', () => {
    expect(lines(isolateNodes(flow, ['b']))).toEqual(['c.next -> d'])
  })
})

describe('an attachment', () => {
  const flow = flowOf({
    nodes: [
      node('chat', 'chat'),
      node('one', 'reducer'),
      node('two', 'reducer'),
      node('three', 'reducer'),
      node('all', 'chain'),
    ],
    lines: ['chat.reducer = one', 'all.reducers = one', 'all.reducers = two'],
  })

  it('gives way at a full port, the oldest first', () => {
    const more = attach(flow, registry, { host: ['chat', 'reducer'], resource: 'all' })
    expect(lines(more)).toEqual(['all.reducers = one', 'all.reducers = two', 'chat.reducer = all'])
    expect(lines(attach(flow, registry, { host: ['all', 'reducers'], resource: 'three' }))).toEqual(
      ['chat.reducer = one', 'all.reducers = two', 'all.reducers = three'],
    )
  })

  it('is not made twice', () => {
    const again = attach(flow, registry, { host: ['all', 'reducers'], resource: 'one' })
    expect(lines(again)).toEqual(['chat.reducer = one', 'all.reducers = two', 'all.reducers = one'])
  })

  it('is refused with a reason', () => {
    const nested = {
      ...attach(flow, registry, { host: ['all', 'reducers'], resource: 'three' }),
      nodes: [...flow.nodes, node('outer', 'chain')],
    }
    const outer = attach(nested, registry, { host: ['outer', 'reducers'], resource: 'all' })
    const why = (host: [string, string], resource: string) =>
      whyNotAttach(outer, registry, { host, resource })
    expect(why(['chat', 'reducer'], 'chat')).toBe('"Chat" does not fit here.')
    expect(why(['chat', 'elsewhere'], 'one')).toBe('"Reducer" does not fit here.')
    expect(why(['chat', 'reducer'], 'gone')).toBe('One of the nodes is gone.')
    expect(why(['all', 'reducers'], 'all')).toBe('A node cannot be attached to itself.')
    expect(why(['all', 'reducers'], 'outer')).toBe('"Chain" has this node attached to it already.')
    expect(attach(outer, registry, { host: ['all', 'reducers'], resource: 'outer' })).toBe(outer)
  })

  it('is taken away again', () => {
    expect(lines(detach(flow, { host: ['all', 'reducers'], resource: 'one' }))).toEqual([
      'chat.reducer = one',
      'all.reducers = two',
    ])
  })
})
