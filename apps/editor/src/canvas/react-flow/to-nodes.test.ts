import { setNodeFields, type Problem } from '@millrace/flow'
import { expect, it } from 'vitest'
import { flowOf, registry } from '../testing/fixtures.ts'
import { createNodeDeriver, handlesOf, type NodeSources } from './to-nodes.ts'

const flow = flowOf(
  { start: 'test.start', chat: 'test.stream', yield: 'test.yield', reducer: 'test.reducer' },
  ['start.next -> chat', 'chat.forEachMessage -> yield'],
  {
    attachments: [{ host: ['chat', 'historyReducer'], resource: 'reducer' }],
    layout: { nodes: { start: [0, 80], chat: [336, 80], yield: [672, 80], reducer: [336, 400] } },
  },
)

function sources(change: Partial<NodeSources> = {}): NodeSources {
  return {
    flow,
    problems: new Map(),
    selected: new Set(),
    expanded: new Set(),
    dragged: new Map(),
    ...change,
  }
}

/** The ids of the nodes that are other objects than before. */
function renewed(change: Partial<NodeSources>): readonly string[] {
  const derive = createNodeDeriver(registry)
  const before = new Map(derive(sources()).map((node) => [node.id, node]))
  return derive(sources(change))
    .filter((node) => before.get(node.id) !== node)
    .map(({ id }) => id)
}

it('gives React Flow the size and the ports of a card beforehand', () => {
  const chat = createNodeDeriver(registry)(sources())[1]
  expect(chat).toMatchObject({
    id: 'chat',
    position: { x: 336, y: 80 },
    width: 256,
    height: 260,
    ariaLabel: 'Stream, Test Stream, no problems',
  })
  expect(chat?.handles?.[0]).toEqual({
    id: 'exec-in',
    type: 'target',
    position: 'left',
    x: -9,
    y: 50,
    width: 18,
    height: 18,
  })
})

it('returns the very same list when nothing has changed', () => {
  const derive = createNodeDeriver(registry)
  expect(derive(sources())).toBe(derive(sources({ selected: new Set() })))
})

it('renews only the node that was edited', () => {
  expect(renewed({ flow: setNodeFields(flow, 'yield', { title: 'Send' }) })).toEqual(['yield'])
})

it('renews only the hosts when what is attached changes', () => {
  expect(renewed({ flow: { ...flow, attachments: [] } })).toEqual(['chat'])
})

it('renews only the nodes that are selected, dragged or expanded', () => {
  expect(renewed({ selected: new Set(['chat']) })).toEqual(['chat'])
  expect(renewed({ dragged: new Map([['start', [8, 8]]]) })).toEqual(['start'])
  expect(renewed({ expanded: new Set(['chat']) })).toEqual(['chat'])
})

it('renews only the node whose problems changed', () => {
  const problem: Problem = {
    code: 'property_missing',
    severity: 'error',
    message: '"Yield" needs a value.',
    nodeId: 'yield',
    property: 'value',
  }
  expect(renewed({ problems: new Map([['yield', [problem]]]) })).toEqual(['yield'])
})

it('keeps the data of a node that is only dragged, so that its body is not drawn again', () => {
  const derive = createNodeDeriver(registry)
  const before = derive(sources())[0]
  const after = derive(sources({ dragged: new Map([['start', [8, 8]]]) }))[0]
  expect(after).not.toBe(before)
  expect(after?.data).toBe(before?.data)
  expect(after?.handles).toBe(before?.handles)
})

it('places handles by their corners', () => {
  const node = createNodeDeriver(registry)(sources())[3]
  if (node === undefined) throw new Error('The reducer is missing.')
  expect(handlesOf(node.data.card.layout)[0]).toMatchObject({ id: 'attach-in', x: 122, y: -6 })
})

it('keeps the ports of a card, and their places, while a value is typed', () => {
  const derive = createNodeDeriver(registry)
  const typed = (title: string) => sources({ flow: setNodeFields(flow, 'chat', { title }) })
  const [before, after] = [derive(typed('A')), derive(typed('AB'))].map((nodes) => nodes[1])
  expect(after?.data.card).not.toBe(before?.data.card)
  expect(after?.data.card.layout.ports).toBe(before?.data.card.layout.ports)
  expect(after?.handles).toBe(before?.handles)
})
