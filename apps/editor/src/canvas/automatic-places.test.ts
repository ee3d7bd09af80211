import { moveNodes, type Flow } from '@millrace/flow'
import { expect, it } from 'vitest'
import { placeOf } from './automatic-places.ts'
import { boxesOf, overlaps } from './placement.ts'
import { flowOf, registry } from './testing/fixtures.ts'

const flow = flowOf(
  {
    start: 'test.start',
    chat: 'test.stream',
    say: 'test.yield',
    after: 'test.yield',
    reducer: 'test.reducer',
    loose: 'test.yield',
  },
  ['start.next -> chat', 'chat.forEachMessage -> say', 'chat.continue -> after'],
)
const { layout: _, ...unplaced } = flow
const attached: Flow = {
  ...unplaced,
  attachments: [{ host: ['chat', 'historyReducer'], resource: 'reducer' }],
}

function places(of: Flow) {
  return Object.fromEntries(of.nodes.map(({ id }) => [id, placeOf(of, id, registry)]))
}

it('reads from left to right, a block to the right of its owner, what goes on below that', () => {
  const { start, chat, say, after, reducer } = places(attached)
  expect([start?.[0], chat?.[0], say?.[0], after?.[0], reducer?.[0]]).toEqual([
    0, 336, 672, 672, 336,
  ])
  expect(say?.[1]).toBe(chat?.[1])
  expect(after?.[1]).toBeGreaterThan(say?.[1] ?? 0)
})

it('covers no card with another', () => {
  const boxes = [...boxesOf(attached, registry).values()]
  for (const [index, box] of boxes.entries()) {
    for (const other of boxes.slice(index + 1)) expect(overlaps(box, other)).toBe(false)
  }
})

it('leaves all others where they are when one is moved', () => {
  const moved = moveNodes(attached, new Map([['chat', [900, 900]]]))
  expect(places(moved)).toEqual({ ...places(attached), chat: [900, 900] })
})
