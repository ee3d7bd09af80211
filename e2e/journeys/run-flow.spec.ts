// Flows that run others and reach outside, as programs call them: over HTTP, by the client library.

import { createClient } from '@millrace/client'
import type { Flow, FlowNode } from '@millrace/flow'
import { expect } from '@playwright/test'
import { test } from '../src/journey.ts'
import { storeFlow } from '../src/stored.ts'

/** A flow of steps that come one after the other. */
function drawn(id: string, nodes: readonly FlowNode[], ports: Flow['edges'] = []): Flow {
  const edges = nodes.slice(1).flatMap((node, index) => {
    const before = nodes[index]
    if (before === undefined || ports.some(({ to }) => to === node.id)) return []
    const port = /^(?:flow\.runFlow|flow\.forEach|http\.request)$/.test(before.type)
    return [{ from: [before.id, port ? 'continue' : 'next'] as const, to: node.id }]
  })
  return { format: 'millrace/flow', version: 1, id, name: id, nodes, edges: [...edges, ...ports] }
}

const says = (id: string, value: FlowNode['properties']): FlowNode => ({
  id,
  type: 'flow.yieldReturn',
  properties: { value: value ?? null },
})
const nameField = { fields: [{ name: 'name', type: 'text' }] }

const greeting = drawn('greeting', [
  { id: 'trigger', type: 'flow.trigger', properties: nameField },
  says('hello', { $text: ['Hello ', { $ref: 'triggerData.name' }] }),
])
const counting = drawn(
  'counting',
  [
    { id: 'each', type: 'flow.forEach', properties: { items: [1, 2] } },
    says('number', { $ref: 'item' }),
  ],
  [{ from: ['each', 'forEachItem'], to: 'number' }],
)
const report = (url: string) =>
  drawn('report', [
    { id: 'trigger', type: 'http.trigger', properties: nameField },
    {
      id: 'greet',
      type: 'flow.runFlow',
      properties: {
        flow: 'greeting',
        inputs: [{ name: 'name', value: { $ref: 'triggerData.name' } }],
        resultVariable: '',
      },
    },
    {
      id: 'count',
      type: 'flow.runFlow',
      properties: { flow: 'counting', resultVariable: '' },
    },
    { id: 'ask', type: 'http.request', properties: { url: `${url}/api/health` } },
    { id: 'end', type: 'flow.return', properties: { value: { $ref: 'response.body.status' } } },
  ])

test('a flow that runs two others and asks an API streams through to a client', async ({
  millrace,
}) => {
  for (const flow of [greeting, counting, report(millrace.url)]) await storeFlow(millrace, flow)
  const client = createClient({ baseUrl: millrace.url })
  const expected = ['Hello Ada', 1, 2]

  await test.step('as a stream', async () => {
    const run = await client.stream('report', { name: 'Ada' })
    expect(await Array.fromAsync(run)).toEqual(expected)
    expect(run.summary).toMatchObject({ outcome: 'completed', result: 'ok' })
  })

  await test.step('in the background, followed twice', async () => {
    const run = await client.submit('report', { name: 'Ada' })
    expect(await Array.fromAsync(run)).toEqual(expected)
    const again = client.attach(run.runId)
    expect(await Array.fromAsync(again)).toEqual(expected)
    expect(again.summary).toMatchObject({ outcome: 'completed', result: 'ok' })
  })

  await test.step('not as one answer, which is refused before anything runs', async () => {
    await expect(client.run('report', { name: 'Ada' })).rejects.toMatchObject({
      code: 'flow_yields',
    })
  })

  await test.step('not with another input, which is refused by its fields', async () => {
    await expect(client.stream('report', { name: 7 })).rejects.toMatchObject({
      code: 'input_invalid',
      details: { fields: [{ field: 'name', expected: 'text', found: 'number' }] },
    })
  })
})
