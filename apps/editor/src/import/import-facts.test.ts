import { emptyFlow, type Flow } from '@millrace/flow'
import { registry, streamingChatExample } from '@millrace/nodes'
import { describe, expect, it } from 'vitest'
import { importFacts, neededConnections } from './import-facts.ts'

const flow: Flow = {
  ...emptyFlow('caller', 'Caller'),
  variables: [{ name: 'total', type: 'number' }],
  nodes: [
    { id: 'trigger', type: 'http.trigger' },
    { id: 'call', type: 'flow.runFlow', properties: { flow: 'callee' } },
    { id: 'other', type: 'flow.runFlow', properties: { flow: 'nowhere' } },
    { id: 'dice', type: 'dice.roll' },
    { id: 'log', type: 'flow.log', version: 9, properties: { message: 'Hi' } },
  ],
  edges: [{ from: ['trigger', 'next'], to: 'call' }],
}

const here = { registry, flowIds: new Set(['other']), importedIds: new Set(['caller', 'callee']) }

describe('the summary of an import', () => {
  it('says what a flow is made of, what it calls, and what is not known here', () => {
    expect(importFacts(flow, here)).toEqual({
      trigger: 'HTTP trigger',
      systems: [
        { system: 'Flow', count: 3 },
        { system: 'HTTP', count: 1 },
        { system: 'Not known here', count: 1 },
      ],
      calls: [
        { id: 'callee', where: 'inImport' },
        { id: 'nowhere', where: 'nowhere' },
      ],
      unknownTypes: ['dice.roll'],
      newerTypes: ['Log'],
      variableCount: 1,
      problems: [],
    })
  })

  it('tells the problems that are left when all that it needs is there', () => {
    const broken = { ...flow, nodes: [...flow.nodes, { id: 'b', type: 'chat.trigger' }] }
    expect(importFacts(broken, here).problems.map(({ code }) => code)).toContain('entry_several')
  })

  it('lists each connection once, those that are missing first', () => {
    const chat = streamingChatExample('chat', 'Chat')
    const onKey: Flow = {
      ...chat,
      nodes: chat.nodes.map((node) =>
        node.properties?.['connection'] === undefined
          ? node
          : { ...node, properties: { ...node.properties, connection: 'key' } },
      ),
    }
    const needed = neededConnections([chat, chat, onKey], registry, [{ id: 'demo', kind: 'demo' }])
    expect(needed.map(({ id, isHere }) => [id, isHere])).toEqual([
      ['key', false],
      ['demo', true],
    ])
  })
})
