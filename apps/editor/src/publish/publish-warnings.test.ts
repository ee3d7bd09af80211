import { emptyFlow, type Flow, type FlowNode } from '@millrace/flow'
import { expect, it } from 'vitest'
import { registry } from '../registry.ts'
import { publishWarnings } from './publish-warnings.ts'

const flowOf = (...nodes: readonly FlowNode[]): Flow => ({ ...emptyFlow('mill', 'Mill'), nodes })

const warningsOf = (flow: Flow, published?: ReadonlySet<string>) =>
  publishWarnings(flow, {
    registry,
    connections: new Map([
      ['demo', { kind: 'demo' }],
      ['team', { kind: 'openai' }],
    ]),
    published,
    environment: 'production',
  }).map(({ nodeId, message }) => `${nodeId}: ${message}`)

it('warns of each node that answers with the demo model, whose embeddings are real ones', () => {
  const asking = (id: string, connection: string): FlowNode => ({
    id,
    type: 'openai.chatCompletion',
    properties: { connection },
  })
  const embedder: FlowNode = {
    id: 'c',
    type: 'openai.textEmbedder',
    properties: { connection: 'demo' },
  }
  expect(warningsOf(flowOf(asking('a', 'demo'), asking('b', 'team'), embedder))).toEqual([
    'a: “Chat completion” uses the demo model, which is no AI. Choose a connection of your own before people talk to it.',
  ])
})

it('warns of flows that are called but not published there, once that is known', () => {
  const running = (id: string, flow: string): FlowNode => ({
    id,
    type: 'flow.runFlow',
    title: `Run ${flow}`,
    properties: { flow },
  })
  const flow = flowOf(running('a', 'gears'), running('b', 'race'), running('c', 'mill'))
  expect(warningsOf(flow, new Set(['race']))).toEqual([
    'a: “Run gears” runs the flow “gears”, which is not published to production. Publish it too.',
  ])
  expect(warningsOf(flow)).toEqual([])
})
