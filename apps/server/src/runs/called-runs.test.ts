import type { Flow, FlowNode, JsonObject, JsonValue } from '@millrace/flow'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { chatFlow, echoFlow } from '../testing/chat-flow.ts'
import {
  endlessAnswer,
  startFakeModel,
  tokensAnswer,
  type FakeModel,
} from '../testing/fake-model.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

let server: TestServer
let model: FakeModel
beforeAll(async () => {
  model = await startFakeModel()
  server = await startTestServer()
  await server.call('POST', '/api/connections', {
    body: { id: 'model', kind: 'openai', name: 'Model', fields: { baseUrl: model.url } },
  })
  await store(chatFlow('chat'))
  await store(echoFlow('echo'))
  await store(drawn('ask-chat', [runs('chat', 'Hello')]))
  await store(
    drawn('both', [
      runs('ask-chat', 'Hello'),
      runs('echo', 'bye', { resultVariable: 'said' }),
      { id: 'yield', type: 'flow.yieldReturn', properties: { value: { $ref: 'said' } } },
    ]),
  )
  await store(drawn('itself', [runs('itself', 'again')]))
  await store(drawn('ping', [runs('pong', 'x')]))
  await store(drawn('pong', [runs('ping', 'x'), runs('both', 'x', { resultVariable: 'second' })]))
})
afterAll(async () => {
  await server.close()
  await model.close()
})
beforeEach(() => model.answerWith(tokensAnswer(['Hel', 'lo'])))

const store = (flow: Flow) => server.call('POST', '/api/flows', { body: flow })

/** A flow of steps that come one after the other. */
function drawn(id: string, nodes: readonly FlowNode[]): Flow {
  const edges = nodes.slice(1).flatMap((node, index) => {
    const before = nodes[index]
    return before === undefined ? [] : [{ from: [before.id, 'continue'] as const, to: node.id }]
  })
  return { format: 'millrace/flow', version: 1, id, name: id, nodes, edges }
}

function runs(flow: string, prompt: JsonValue, properties: JsonObject = {}): FlowNode {
  return {
    id: `run_${flow.replaceAll('-', '_')}`,
    type: 'flow.runFlow',
    properties: {
      flow,
      inputs: [
        { name: 'prompt', value: prompt },
        { name: 'sessionId', value: 's1' },
      ],
      ...properties,
    },
  }
}

const latest = async (flow: string) =>
  (await server.call('GET', `/api/runs?flow=${flow}&limit=1`)).json.runs[0]

async function callOf(runId: string) {
  const { text } = await server.call('GET', `/api/runs/${runId}/events`, {
    headers: { accept: 'application/x-ndjson' },
  })
  const events = text.trimEnd().split('\n')
  return events
    .map((line) => JSON.parse(line) as { type: string; kind?: string; childRunId?: string })
    .find(({ type, kind }) => type === 'node-call' && kind === 'flow')
}

describe('a flow that runs others', () => {
  it('[R3] streams through both of them to a client', async () => {
    const { text } = await server.call('POST', '/api/flows/both/stream', {
      headers: { accept: 'application/x-ndjson' },
    })
    const lines = text.trimEnd().split('\n')
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { value: 'Hel' },
      { value: 'lo' },
      { value: 'bye' },
      { end: { outcome: 'completed', result: null } },
    ])
  })

  it('[R5] [R7] has each as a run of its own, whose usage counts once', async () => {
    const { json } = await server.call('POST', '/api/flows/both/submit', { body: {} })
    await server.call('GET', `/api/runs/${json.runId}/stream`)
    const outer = (await server.call('GET', `/api/runs/${json.runId}`)).json
    const child = await callOf(json.runId)
    const inner = (await server.call('GET', `/api/runs/${child?.childRunId}`)).json
    expect(inner).toMatchObject({ flowId: 'ask-chat', state: 'completed' })
    expect((await latest('chat')).usage).toEqual({
      inputTokens: 9,
      outputTokens: 2,
      totalTokens: 11,
    })
    expect(inner.usage).toEqual((await latest('chat')).usage)
    expect(outer.usage).toEqual(inner.usage)
  })

  it('takes those that it ran along when it is deleted', async () => {
    const { json } = await server.call('POST', '/api/flows/both/submit', { body: {} })
    await server.call('GET', `/api/runs/${json.runId}/stream`)
    const called = [await latest('ask-chat'), await latest('chat'), await latest('echo')]
    expect((await server.call('DELETE', `/api/runs/${json.runId}`)).status).toBe(204)
    for (const { id } of called) {
      expect((await server.call('GET', `/api/runs/${id}/export`)).status).toBe(404)
    }
  })

  it('[R5] stops those that it runs when it is stopped, down to the socket of the model', async () => {
    model.answerWith(endlessAnswer)
    const answer = await fetch(`${server.url}/api/flows/both/stream`, { method: 'POST' })
    const reader = answer.body?.getReader()
    await reader?.read()
    const runId = answer.headers.get('x-run-id')
    await server.call('POST', `/api/runs/${runId}/stop`)
    await reader?.cancel()
    for (const flow of ['both', 'ask-chat', 'chat']) {
      expect(await latest(flow)).toMatchObject({ flowId: flow, state: 'cancelled' })
    }
  })

  it('[R4] calls itself only so deep', async () => {
    const { json } = await server.call('POST', '/api/flows/itself/run', { body: {} })
    expect(json.error).toMatchObject({
      code: 'limit_exceeded',
      details: { limit: 'callDepth', max: 16, nodeId: 'run_itself' },
    })
    const { runs: all } = (await server.call('GET', '/api/runs?flow=itself')).json
    expect(all).toHaveLength(17)
  })

  it('[R10] is warned of before, when another one does not exist', async () => {
    const flow = drawn('lonely', [runs('ecko', 'x')])
    const { json } = await server.call('POST', '/api/flows/check', { body: flow })
    expect(json.problems).toEqual([
      {
        code: 'flow_missing',
        severity: 'warning',
        message:
          '"Flow" of "Run flow" names the flow "ecko", which does not exist here. Did you mean "echo"? Save that flow, or choose another.',
        nodeId: 'run_ecko',
        property: 'flow',
        reference: 'ecko',
        instead: 'echo',
      },
    ])
  })
})

describe('POST /api/flows/{id}/run', () => {
  it.each([
    ['both', 'both'],
    ['ask-chat', 'chat'],
    ['ping', 'both'],
  ])('[R11] refuses %s, which yields through %s, before anything runs', async (flow, through) => {
    const before = (await server.call('GET', '/api/runs?limit=200')).json.runs.length
    const { status, json } = await server.call('POST', `/api/flows/${flow}/run`, { body: {} })
    expect({ status, code: json.error.code }).toEqual({ status: 409, code: 'flow_yields' })
    expect(json.error.message).toContain(`"${through}"`)
    expect((await server.call('GET', '/api/runs?limit=200')).json.runs).toHaveLength(before)
  })

  it('[R11] takes a flow whose block takes all that another one yields', async () => {
    const counted = drawn('counted', [runs('chat', 'Hello')])
    await store({
      ...counted,
      nodes: [...counted.nodes, { id: 'log', type: 'flow.log', properties: { message: 'x' } }],
      edges: [{ from: ['run_chat', 'forEachYield'], to: 'log' }],
    })
    const { status, json } = await server.call('POST', '/api/flows/counted/run', { body: {} })
    expect({ status, json }).toEqual({ status: 200, json: null })
  })
})
