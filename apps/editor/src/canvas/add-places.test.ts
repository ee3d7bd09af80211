import { expect, it } from 'vitest'
import { placeAfter, placeAt, placeBefore } from './add-places.ts'
import { flowOf, registry } from './testing/fixtures.ts'

const flow = flowOf(
  { start: 'test.start', chat: 'test.stream', send: 'test.yield', last: 'test.reducer' },
  ['start.next -> chat', 'chat.forEachMessage -> send'],
)

it('adds after a node: into the edge behind it, or at its open end', () => {
  expect(placeAfter(flow, registry, 'start')).toEqual({ splice: flow.edges[0] })
  expect(placeAfter(flow, registry, 'chat')).toEqual({ from: ['chat', 'exec:continue'] })
})

it('adds after nothing that does not run, or is not there', () => {
  expect(placeAfter(flow, registry, 'last')).toBeUndefined()
  expect(placeAfter(flow, registry, 'gone')).toBeUndefined()
})

it('adds before a node that something leads to', () => {
  expect(placeBefore(flow, 'send')).toEqual({ splice: flow.edges[1] })
  expect(placeBefore(flow, 'start')).toBeUndefined()
})

it('adds at the start of a block, and into an attachment port', () => {
  expect(placeAt(flow, 'chat', 'exec:forEachMessage')).toEqual({ splice: flow.edges[1] })
  expect(placeAt(flow, 'chat', 'attach:historyReducer')).toEqual({
    from: ['chat', 'attach:historyReducer'],
  })
})
