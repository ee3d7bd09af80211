import type { Flow } from '@millrace/flow'
import { expect, it } from 'vitest'
import type { PickerOrigin } from '../session/opened.ts'
import { insertNode, spliceNode } from './new-node.ts'
import { flowOf, registry } from './testing/fixtures.ts'

const flow = flowOf(
  { start: 'test.start', chat: 'test.stream', reducer: 'test.reducer' },
  ['start.next -> chat'],
  { layout: { nodes: { start: [0, 0], chat: [336, 0], reducer: [336, 400] } } },
)

const startToChat = { from: ['start', 'next'], to: 'chat' } as const

function withPlaces(places: Readonly<Record<string, readonly [number, number]>>): Flow {
  return { ...flow, layout: { nodes: { ...flow.layout?.nodes, ...places } } }
}

/** The flow with a node that nothing leads to. */
function withLoose(
  place: readonly [number, number],
  places: Readonly<Record<string, readonly [number, number]>> = {},
): Flow {
  const placed = withPlaces({ ...places, yield: place })
  return { ...placed, nodes: [...placed.nodes, { id: 'yield', type: 'test.yield' }] }
}

function insert(type: string, origin: PickerOrigin, besideId?: string, into = flow): Flow {
  const definition = registry.nodes.get(type)
  if (definition === undefined) throw new Error(`No definition "${type}".`)
  return insertNode(into, registry, { definition, origin, centre: [800, 800], besideId }).flow
}

it('wires a node to the exit that a wire was dropped from, its triangle at the pointer', () => {
  const added = insert('test.yield', { from: ['chat', 'exec:continue'], position: [700, 259] })
  expect(added.edges.at(-1)).toEqual({ from: ['chat', 'continue'], to: 'yield' })
  expect(added.layout?.nodes?.['yield']).toEqual([704, 200])
})

it('wires a node before the one that a wire was drawn back from', () => {
  const added = insert('test.stream', { to: ['chat', 'exec-in'], position: [0, 300] })
  expect(added.edges).toEqual([
    { from: ['start', 'next'], to: 'stream' },
    { from: ['stream', 'continue'], to: 'chat' },
  ])
})

it('runs a node first at an exit that led somewhere already', () => {
  const added = insert('test.yield', { from: ['start', 'exec:next'], position: [0, 300] })
  expect(added.edges).toEqual([
    { from: ['start', 'next'], to: 'yield' },
    { from: ['yield', 'next'], to: 'chat' },
  ])
})

it('gives a value that was dropped to a node that runs after what declares it', () => {
  const added = insert('test.yield', { from: ['start', 'out:request'], position: [0, 300] })
  expect(added.edges).toContainEqual({ from: ['start', 'next'], to: 'yield' })
  expect(added.nodes.at(-1)?.properties).toEqual({ value: { $ref: 'request' } })
})

it('takes a value from a node that runs before what wants it', () => {
  const added = insert('test.stream', { to: ['chat', 'in:prompt'], position: [0, 300] })
  expect(added.edges).toContainEqual({ from: ['stream', 'continue'], to: 'chat' })
  expect(added.nodes.find(({ id }) => id === 'chat')?.properties).toEqual({
    prompt: { $ref: 'response2.content' },
  })
})

it('attaches a resource to the port that a wire was dropped from', () => {
  const added = insert('test.reducer', { from: ['chat', 'attach:historyReducer'] })
  expect(added.attachments).toEqual([{ host: ['chat', 'historyReducer'], resource: 'reducer2' }])
})

it('finds the host’s port for a wire drawn from a resource', () => {
  const added = insert('test.stream', { to: ['reducer', 'attach-in'], position: [0, 300] })
  expect(added.attachments).toEqual([{ host: ['stream', 'historyReducer'], resource: 'reducer' }])
})

it('puts a node into an edge and moves what follows out of its way', () => {
  const added = insert('test.yield', { splice: { from: ['start', 'next'], to: 'chat' } })
  expect(added.edges).toEqual([
    { from: ['start', 'next'], to: 'yield' },
    { from: ['yield', 'next'], to: 'chat' },
  ])
  expect(added.layout?.nodes).toMatchObject({ yield: [336, 0], chat: [672, 0] })
})

it('places a node that is wanted nowhere beside the selected one, wired to it, or in the middle', () => {
  const added = insert('test.yield', {}, 'chat')
  expect(added.layout?.nodes?.['yield']).toEqual([672, 0])
  expect(added.edges.at(-1)).toEqual({ from: ['chat', 'forEachMessage'], to: 'yield' })
  expect(insert('test.yield', {}).layout?.nodes?.['yield']).toEqual([672, 744])
})

it('places a trigger before the node that it is wired to', () => {
  const alone = flowOf({ end: 'test.yield' }, [], { layout: { nodes: { end: [400, 80] } } })
  const definition = registry.nodes.get('test.start')
  if (definition === undefined) throw new Error('No trigger.')
  const wanted = { definition, origin: {}, centre: [0, 0], besideId: 'end' } as const
  const { flow: led } = insertNode(alone, registry, wanted)
  expect(led.edges).toEqual([{ from: ['start', 'next'], to: 'end' }])
  expect(led.layout?.nodes?.['start']).toEqual([64, 80])
})

it('splices a node that stands alone', () => {
  const alone = flowOf({ a: 'test.start', b: 'test.yield', c: 'test.yield' }, ['a.next -> b'])
  const [edge] = alone.edges
  if (edge === undefined) throw new Error('The flow has no edge.')
  expect(spliceNode(alone, registry, { nodeId: 'c', edge }).edges).toEqual([
    { from: ['a', 'next'], to: 'c' },
    { from: ['c', 'next'], to: 'b' },
  ])
})

it('puts a node that was dropped on the one before it beside that, in the row', () => {
  const dropped = spliceNode(withLoose([56, 8]), registry, { nodeId: 'yield', edge: startToChat })
  expect(dropped.layout?.nodes).toMatchObject({ yield: [336, 0], chat: [672, 0] })
})

it('leaves a node that was dropped on a free stretch of an edge where it is', () => {
  const places = { chat: [1200, 0] } as const
  const dropped = spliceNode(withLoose([480, 16], places), registry, {
    nodeId: 'yield',
    edge: startToChat,
  })
  expect(dropped.layout?.nodes).toMatchObject({ yield: [480, 16], chat: [1200, 0] })
})

it('inserts a node at the start of the row that an edge leads down to', () => {
  const wrapped = withPlaces({ start: [1008, 0], chat: [0, 400] })
  const added = insert('test.yield', { splice: startToChat }, undefined, wrapped)
  expect(added.layout?.nodes).toMatchObject({ yield: [0, 400], chat: [336, 400] })
})

it('moves nothing for a node that was dropped on the way down to the next row', () => {
  const places = { start: [1008, 0], chat: [0, 400] } as const
  const dropped = spliceNode(withLoose([600, 200], places), registry, {
    nodeId: 'yield',
    edge: startToChat,
  })
  expect(dropped.layout?.nodes).toMatchObject({ yield: [600, 200], chat: [0, 400] })
})
