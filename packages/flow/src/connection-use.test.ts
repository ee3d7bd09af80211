import { describe, expect, it } from 'vitest'
import { connectionsOf, connectionUses } from './connection-use.ts'
import { fixtureRegistry as registry } from './testing/fixture-registry.ts'
import { chatFlow } from './testing/flow-of.ts'

describe('connectionUses', () => {
  it('[F38] finds where a flow names connections', () => {
    const flow = chatFlow()
    expect(connectionUses(flow, registry)).toEqual([
      {
        id: 'main',
        node: flow.nodes.find(({ id }) => id === 'chat'),
        property: 'connection',
        kinds: ['model'],
      },
    ])
    expect(connectionsOf(flow, registry)).toEqual(new Map([['main', ['model']]]))
  })

  it('looks neither into texts nor into nodes that nobody knows', () => {
    const flow = {
      ...chatFlow(),
      nodes: [
        { id: 'a', type: 'unknown.node', properties: { connection: 'main' } },
        { id: 'b', type: 'test.chat', title: 'main', properties: { prompt: 'main' } },
      ],
    }
    expect(connectionUses(flow, registry)).toEqual([])
  })
})
