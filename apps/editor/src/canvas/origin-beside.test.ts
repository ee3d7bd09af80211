import { expect, it } from 'vitest'
import type { PickerOrigin } from '../session/opened.ts'
import { originBeside } from './origin-beside.ts'
import { flowOf, registry } from './testing/fixtures.ts'

const flow = flowOf(
  { start: 'test.start', chat: 'test.stream', reducer: 'test.reducer', end: 'test.yield' },
  ['start.next -> chat'],
)

function beside(besideId: string, type: string, within = flow): PickerOrigin {
  const definition = registry.nodes.get(type)
  if (definition === undefined) throw new Error(`No definition "${type}".`)
  return originBeside(within, registry, { besideId, definition })
}

it('wires a node to the first exit that leads nowhere', () => {
  expect(beside('chat', 'test.yield')).toEqual({ from: ['chat', 'exec:forEachMessage'] })
  const begun = flowOf({ chat: 'test.stream', a: 'test.yield' }, ['chat.forEachMessage -> a'])
  expect(beside('chat', 'test.yield', begun)).toEqual({ from: ['chat', 'exec:continue'] })
})

it('puts a node into the edge behind a node whose exits all lead somewhere', () => {
  expect(beside('start', 'test.yield')).toEqual({
    splice: { from: ['start', 'next'], to: 'chat' },
  })
})

it('attaches a resource to its host, and a host to its resource', () => {
  expect(beside('chat', 'test.reducer')).toEqual({ from: ['chat', 'attach:historyReducer'] })
  expect(beside('reducer', 'test.stream')).toEqual({ to: ['reducer', 'attach-in'] })
  const attached = {
    ...flow,
    attachments: [{ host: ['chat', 'historyReducer'], resource: 'reducer' }] as const,
  }
  expect(beside('chat', 'test.reducer', attached)).toEqual({})
  expect(beside('reducer', 'test.stream', attached)).toEqual({})
})

it('lets a trigger lead to a node that nothing leads to', () => {
  expect(beside('end', 'test.start')).toEqual({ to: ['end', 'exec-in'] })
  expect(beside('chat', 'test.start')).toEqual({})
})

it('leaves alone what has nothing to do with each other', () => {
  expect(beside('reducer', 'test.yield')).toEqual({})
  expect(beside('start', 'test.reducer')).toEqual({})
})
