import { expect, it } from 'vitest'
import { itemBoxesOf } from './notes.ts'
import { straightened } from './straighten.ts'
import { flowOf, registry } from './testing/fixtures.ts'

const flow = flowOf(
  { start: 'test.start', chat: 'test.stream', yield: 'test.yield', end: 'test.yield' },
  ['start.next -> chat', 'chat.forEachMessage -> yield', 'chat.continue -> end'],
  { layout: { nodes: { start: [0, 0], chat: [336, 72], yield: [672, 40], end: [672, 300] } } },
)

it('moves what an edge leads to until its ports are level, and only the first of several', () => {
  // Ports of all three are in the first row of their cards, so the cards' tops are level.
  expect(Object.fromEntries(straightened(flow, registry, itemBoxesOf(flow, registry)))).toEqual({
    chat: [336, 0],
    yield: [672, 0],
  })
})

it('leaves alone what it was not given', () => {
  const boxes = new Map([...itemBoxesOf(flow, registry)].filter(([id]) => id !== 'start'))
  expect(Object.fromEntries(straightened(flow, registry, boxes))).toEqual({ yield: [672, 72] })
})
