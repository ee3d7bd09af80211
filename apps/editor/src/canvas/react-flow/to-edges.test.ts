import type { Flow, FlowNode } from '@millrace/flow'
import { expect, it } from 'vitest'
import { flowOf, registry } from '../testing/fixtures.ts'
import { createEdgeDeriver } from './to-edges.ts'

const flow = flowOf(
  { start: 'test.start', chat: 'test.stream', yield: 'test.yield', reducer: 'test.reducer' },
  ['start.next -> chat', 'chat.forEachMessage -> yield'],
  {
    attachments: [{ host: ['chat', 'historyReducer'], resource: 'reducer' }],
    layout: { nodes: { chat: [336, 80] } },
  },
)

it('turns edges and attachments into edges between ports', () => {
  const edges = createEdgeDeriver(registry)(flow, new Set())
  expect(
    edges.map(({ id, type, sourceHandle, targetHandle }) => [id, type, sourceHandle, targetHandle]),
  ).toEqual([
    ['start exec:next', 'exec', 'exec:next', 'exec-in'],
    ['chat exec:forEachMessage', 'exec', 'exec:forEachMessage', 'exec-in'],
    ['chat attach:historyReducer reducer', 'attachment', 'attach:historyReducer', 'attach-in'],
  ])
  expect(edges[0]?.data).toMatchObject({ blockLabel: undefined, inner: ['yield'] })
  expect(edges[1]?.data).toMatchObject({ blockLabel: 'For each message', inner: [] })
})

it('keeps the edges that an edit does not touch', () => {
  const derive = createEdgeDeriver(registry)
  const before = derive(flow, new Set())
  const moved: Flow = { ...flow, layout: { nodes: { chat: [0, 0] } } }
  expect(derive(moved, new Set())).toBe(before)
  const selected = derive(flow, new Set(['start exec:next']))
  expect(selected.map((edge, index) => edge === before[index])).toEqual([false, true, true])
})

it('follows the title of a node, and nothing else that is typed into it', () => {
  const derive = createEdgeDeriver(registry)
  const before = derive(flow, new Set())
  const withChat = (changes: Partial<FlowNode>): Flow => ({
    ...flow,
    nodes: flow.nodes.map((node) => (node.id === 'chat' ? { ...node, ...changes } : node)),
  })
  const nothing = new Set<string>()
  expect(derive(withChat({ properties: { prompt: 'Be brief.' } }), nothing)).toBe(before)
  const renamed = derive(withChat({ title: 'Ask' }), nothing)
  expect(renamed.map(({ ariaLabel }) => ariaLabel)).toEqual([
    'Edge from Start, next, to Ask',
    'Edge from Ask, For each message, to Yield',
    'Reducer attached to Ask',
  ])
})
