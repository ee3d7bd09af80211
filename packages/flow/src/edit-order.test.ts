import { expect, it } from 'vitest'
import { moveStatement } from './edit-order.ts'
import { fixtureRegistry as registry } from './testing/fixture-registry.ts'
import { chatFlow, flowOf, linesOf, node } from './testing/flow-of.ts'

const branching = flowOf({
  nodes: [node('start', 'request'), node('one', 'yield'), node('if', 'if'), node('yes', 'yield')],
  lines: ['start.next -> one', 'one.next -> if', 'if.true -> yes'],
})

it('runs a statement before the one it followed, and keeps what came after', () => {
  const flow = flowOf({
    nodes: ['a', 'b', 'c'].map((id) => node(id, 'yield')),
    lines: ['a.next -> b', 'b.next -> c'],
  })
  const moved = moveStatement(flow, registry, { nodeId: 'b', to: 'before' })
  expect(linesOf(moved)).toEqual(['b.next -> a', 'a.next -> c'])
  expect(linesOf(moveStatement(moved, registry, { nodeId: 'b', to: 'after' }))).toEqual(
    linesOf(flow),
  )
})

it('takes the block of a statement along, in the edges and on the canvas', () => {
  const nodes = { start: [0, 0], one: [300, 0], if: [600, 40], yes: [900, 90] } as const
  const moved = moveStatement({ ...branching, layout: { nodes } }, registry, {
    nodeId: 'if',
    to: 'before',
  })
  expect(linesOf(moved)).toEqual(['start.next -> if', 'if.continue -> one', 'if.true -> yes'])
  expect(moved.layout?.nodes).toEqual({
    start: [0, 0],
    one: [600, 40],
    if: [300, 0],
    yes: [600, 50],
  })
})

it('moves nothing before the trigger, out of its block, or past the end', () => {
  for (const move of [
    { nodeId: 'one', to: 'before' },
    { nodeId: 'yes', to: 'before' },
    { nodeId: 'if', to: 'after' },
    { nodeId: 'gone', to: 'after' },
  ] as const) {
    expect(moveStatement(branching, registry, move)).toBe(branching)
  }
})

it('moves nothing behind a jump, after which it would never run', () => {
  const flow = flowOf({
    nodes: [node('a', 'yield'), node('end', 'return')],
    lines: ['a.next -> end'],
  })
  expect(moveStatement(flow, registry, { nodeId: 'a', to: 'after' })).toBe(flow)
})

it('leaves an attached resource where its host is', () => {
  const flow = chatFlow()
  expect(linesOf(moveStatement(flow, registry, { nodeId: 'done', to: 'before' }))).toEqual([
    'trigger.next -> done',
    'chat.forEachMessage -> send',
    'done.next -> chat',
    'chat.reducer = last',
  ])
})
