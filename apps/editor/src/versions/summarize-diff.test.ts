import { createRegistry, diffFlows, emptyFlow, type Flow } from '@millrace/flow'
import { expect, it } from 'vitest'
import { summarizeDiff } from './summarize-diff.ts'

const registry = createRegistry({ nodes: [], connections: [] })

const base: Flow = {
  ...emptyFlow('chat', 'Chat'),
  nodes: [
    { id: 'a', type: 'chat.trigger' },
    { id: 'b', type: 'flow.log' },
  ],
  edges: [{ from: ['a', 'next'], to: 'b' }],
}

it('counts nodes that were added, removed and changed, and the rest', () => {
  const after: Flow = {
    ...base,
    name: 'Talk',
    nodes: [
      { id: 'a', type: 'chat.trigger', title: 'Start', description: 'Starts' },
      { id: 'c', type: 'flow.log' },
      { id: 'd', type: 'flow.log' },
    ],
    edges: [],
    layout: { nodes: { a: [8, 8] } },
  }
  expect(summarizeDiff(diffFlows(base, after, registry))).toBe(
    '2 nodes added, 1 node removed, 1 node changed, 1 line rewired, 1 place changed, 1 change of the flow itself',
  )
})

it('says so when nothing differs', () => {
  expect(summarizeDiff(diffFlows(base, structuredClone(base), registry))).toBe('nothing')
})
