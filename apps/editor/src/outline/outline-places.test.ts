import { expect, it } from 'vitest'
import { flowOf, registry } from '../canvas/testing/fixtures.ts'
import { linesOf } from './outline-lines.ts'
import { outlineOf } from './outline.ts'
import { placeAfter, placeBefore } from './outline-places.ts'

const flow = flowOf(
  { start: 'test.start', chat: 'test.stream', send: 'test.yield', last: 'test.reducer' },
  ['start.next -> chat', 'chat.forEachMessage -> send'],
)

function item(id: string) {
  const line = linesOf(outlineOf(flow, registry), new Set()).find((one) => one.id === id)
  if (line === undefined) throw new Error(`There is no line "${id}".`)
  return line.item
}

it('adds after a statement: into the edge behind it, or at its open end', () => {
  expect(placeAfter(flow, registry, item('node:start'))).toEqual({ splice: flow.edges[0] })
  expect(placeAfter(flow, registry, item('node:chat'))).toEqual({ from: ['chat', 'exec:continue'] })
})

it('adds at the start of a block, and into an attachment port', () => {
  expect(placeAfter(flow, registry, item('place:chat:exec:forEachMessage'))).toEqual({
    splice: flow.edges[1],
  })
  expect(placeAfter(flow, registry, item('place:chat:attach:historyReducer'))).toEqual({
    from: ['chat', 'attach:historyReducer'],
  })
})

it('adds before a statement that something leads to, and after nothing that does not run', () => {
  expect(placeBefore(flow, item('node:send'))).toEqual({ splice: flow.edges[1] })
  expect(placeBefore(flow, item('node:start'))).toBeUndefined()
  expect(placeAfter(flow, registry, item('node:last'))).toBeUndefined()
  expect(placeAfter(flow, registry, item('group:loose'))).toBeUndefined()
})
