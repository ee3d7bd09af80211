import type { FlowNode } from '@millrace/flow'
import { expect, it } from 'vitest'
import { registry } from '../registry.ts'
import '../testing/our-nodes.ts'
import { sharedFields } from './shared-fields.ts'

function chat(id: string, type: string, connection: string): FlowNode {
  return { id, type, properties: { connection, temperature: 0.2 } }
}

const shared = (nodes: readonly FlowNode[]) =>
  sharedFields(nodes, registry).map(({ key, value, isMixed }) => [key, isMixed ? 'mixed' : value])

it('shares what nodes of different kinds have alike, names excepted', () => {
  const fields = shared([
    chat('a', 'openai.chatCompletion', 'one'),
    chat('b', 'openai.streamingChatCompletion', 'two'),
  ])
  expect(fields).toEqual(
    expect.arrayContaining([
      ['connection', 'mixed'],
      ['temperature', 0.2],
      ['modelId', undefined],
    ]),
  )
  expect(fields.map(([key]) => key)).not.toContain('resultVariable')
})

it('shares nothing between kinds that have nothing alike', () => {
  expect(
    shared([
      { id: 'a', type: 'flow.break' },
      { id: 'b', type: 'chat.trigger' },
    ]),
  ).toEqual([])
})
