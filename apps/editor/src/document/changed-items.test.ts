import { addNote, connect, emptyFlow, moveNodes, removeNodes, type Flow } from '@millrace/flow'
import { expect, it } from 'vitest'
import { registry } from '../registry.ts'
import { changedItems } from './changed-items.ts'

const flow: Flow = {
  ...emptyFlow('test', 'Test'),
  nodes: ['a', 'b', 'c'].map((id) => ({ id, type: 'flow.yieldReturn' })),
  edges: [{ from: ['a', 'next'], to: 'b' }],
  layout: { nodes: { a: [0, 0], b: [336, 0], c: [672, 0] } },
}

it.each<[string, Flow, readonly string[]]>([
  ['moved', moveNodes(flow, new Map([['c', [672, 80]]])), ['c']],
  ['was connected', connect(flow, registry, { from: ['b', 'next'], to: 'c' }), ['b', 'c']],
  ['lost its neighbour', removeNodes(flow, registry, ['b']), ['a']],
  ['stayed as it was', { ...flow, name: 'Other' }, []],
])('finds a node that %s', (_, changed, nodeIds) => {
  expect(changedItems(flow, changed)).toEqual({ nodeIds, noteIds: [] })
})

it('finds what came', () => {
  const { flow: noted } = addNote(flow, { text: 'Hi', position: [0, 0] })
  expect(changedItems(flow, noted)).toEqual({ nodeIds: [], noteIds: ['note'] })
  expect(changedItems(removeNodes(flow, registry, ['c']), flow).nodeIds).toEqual(['c'])
})
