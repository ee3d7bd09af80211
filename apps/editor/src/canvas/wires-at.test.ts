import type { Flow } from '@millrace/flow'
import { expect, it } from 'vitest'
import { flowOf, registry } from './testing/fixtures.ts'
import { disconnectAt, otherEndsAt } from './wires-at.ts'

const flow: Flow = flowOf(
  {
    start: 'test.start',
    chat: { type: 'test.stream', properties: { prompt: { $ref: 'request' } } },
    reducer: 'test.reducer',
    send: { type: 'test.yield', properties: { value: { $ref: 'response' } } },
  },
  ['start.next -> chat', 'chat.continue -> send'],
  { attachments: [{ host: ['chat', 'historyReducer'], resource: 'reducer' }] },
)

function ends(nodeId: string, portId: string): readonly string[] {
  return otherEndsAt(flow, registry, { nodeId, portId }).map((end) => `${end.nodeId} ${end.portId}`)
}

it('knows the other ends of edges, attachments and bindings, from both sides', () => {
  expect(ends('start', 'exec:next')).toEqual(['chat exec-in'])
  expect(ends('send', 'exec-in')).toEqual(['chat exec:continue'])
  expect(ends('chat', 'attach:historyReducer')).toEqual(['reducer attach-in'])
  expect(ends('reducer', 'attach-in')).toEqual(['chat attach:historyReducer'])
  expect(ends('send', 'in:value')).toEqual(['chat out:response'])
  expect(ends('start', 'out:request')).toEqual(['chat in:prompt'])
  expect(ends('chat', 'exec:forEachMessage')).toEqual([])
})

it('disconnects what stands at a port and nothing else', () => {
  const { edges } = disconnectAt(flow, registry, { nodeId: 'chat', portId: 'exec-in' })
  expect(edges).toEqual([{ from: ['chat', 'continue'], to: 'send' }])
  const detached = disconnectAt(flow, registry, { nodeId: 'reducer', portId: 'attach-in' })
  expect(detached.attachments ?? []).toEqual([])
  const { nodes } = disconnectAt(flow, registry, { nodeId: 'send', portId: 'in:value' })
  expect(nodes.at(-1)).toEqual({ id: 'send', type: 'test.yield' })
})
