import { expect, it } from 'vitest'
import { neighbourOf, type Direction } from './neighbours.ts'
import { flowOf, registry } from './testing/fixtures.ts'

const flow = flowOf(
  {
    start: 'test.start',
    chat: 'test.stream',
    first: 'test.yield',
    second: 'test.yield',
    end: 'test.yield',
    reducer: 'test.reducer',
    strange: 'nobody.knows',
  },
  [
    'start.next -> chat',
    'chat.forEachMessage -> first',
    'first.next -> second',
    'chat.continue -> end',
    'end.next -> strange',
  ],
  { attachments: [{ host: ['chat', 'historyReducer'], resource: 'reducer' }] },
)

const go = (nodeId: string, direction: Direction) =>
  neighbourOf(flow, registry, { nodeId, direction })

it('follows what runs after a node past its blocks, and back', () => {
  expect([go('start', 'after'), go('chat', 'after'), go('end', 'after')]).toEqual([
    'chat',
    'end',
    'strange',
  ])
  expect([go('end', 'before'), go('second', 'before'), go('start', 'before')]).toEqual([
    'chat',
    'first',
    undefined,
  ])
})

it('goes into the block of a node and out of it from anywhere in it', () => {
  expect(go('chat', 'inside')).toBe('first')
  expect(go('second', 'outside')).toBe('chat')
  expect(go('end', 'outside')).toBeUndefined()
})

it('reaches what is attached to a node that has no block, and comes back to its host', () => {
  const bare = { ...flow, edges: flow.edges.filter(({ to }) => to !== 'first') }
  expect(neighbourOf(bare, registry, { nodeId: 'chat', direction: 'inside' })).toBe('reducer')
  expect([go('reducer', 'before'), go('reducer', 'outside')]).toEqual(['chat', 'chat'])
})

it('comes to an end in a circle', () => {
  const circle = {
    ...flow,
    edges: [...flow.edges, { from: ['strange', 'x'] as const, to: 'chat' }],
  }
  expect(neighbourOf(circle, registry, { nodeId: 'strange', direction: 'outside' })).toBeUndefined()
})
