import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { valuesFlow } from '../testing/values-flow.ts'

const votes = {
  format: 'millrace/flow',
  version: 1,
  id: 'votes',
  name: 'Votes',
  nodes: [
    { id: 'trigger', type: 'chat.feedbackTrigger' },
    {
      id: 'return',
      type: 'flow.return',
      properties: { value: { $ref: 'chatCompletionFeedbackRequest' } },
    },
  ],
  edges: [{ from: ['trigger', 'next'], to: 'return' }],
}

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
  const flows = [
    votes,
    {
      ...valuesFlow('rated', ['Because ', { content: 'it is.' }]),
      settings: { feedbackFlow: 'votes' },
    },
    valuesFlow('unrated', ['x']),
    { ...valuesFlow('lost', ['x']), settings: { feedbackFlow: 'gone' } },
    { ...valuesFlow('wrong', ['x']), settings: { feedbackFlow: 'unrated' } },
  ]
  for (const body of flows) {
    expect((await server.call('POST', '/api/flows', { body })).status).toBe(201)
  }
})
afterAll(() => server.close())

async function answered(flowId: string): Promise<string> {
  const { headers } = await server.call('POST', `/api/flows/${flowId}/stream`, {
    body: { sessionId: 's1', prompt: 'Why?' },
  })
  return headers.get('x-run-id') ?? ''
}

function rate(runId: string, body: unknown, headers = {}) {
  return server.call('POST', `/api/runs/${runId}/feedback`, { body, headers })
}

async function ended(runId: string) {
  while (true) {
    const { json } = await server.call('GET', `/api/runs/${runId}`)
    if (json.state !== 'running') return json
  }
}

it('hands the vote, with what was asked and answered, to the feedback flow', async () => {
  const runId = await answered('rated')
  const { status, json, headers } = await rate(runId, { rating: 'up', comment: 'Thanks' })
  expect(status).toBe(202)
  expect(headers.get('location')).toBe(`/api/runs/${json.runId}`)
  expect(await ended(json.runId)).toMatchObject({
    flowId: 'votes',
    state: 'completed',
    sessionId: 's1',
    result: {
      runId,
      sessionId: 's1',
      question: 'Why?',
      completionText: 'Because it is.',
      feedback: 'up',
      comment: 'Thanks',
    },
  })
})

it('hands on that a vote is taken back', async () => {
  const { json } = await rate(await answered('rated'), { rating: 'none' })
  expect(await ended(json.runId)).toMatchObject({ result: { feedback: 'none', comment: '' } })
})

it('hands a vote that is sent again with its key on once', async () => {
  const runId = await answered('rated')
  const key = { 'idempotency-key': 'vote-1' }
  const first = await rate(runId, { rating: 'up' }, key)
  const again = await rate(runId, { rating: 'up' }, key)
  expect(again.json).toEqual(first.json)
  expect((await rate(runId, { rating: 'down' }, key)).status).toBe(409)
})

it.each([
  [
    'names no feedback flow',
    'unrated',
    409,
    'conflict',
    /Choose a flow with a Chat feedback trigger/,
  ],
  ['names one that is gone', 'lost', 404, 'not_found', /There is no flow "gone"/],
  [
    'names one that takes no feedback',
    'wrong',
    409,
    'conflict',
    /"unrated" has no Chat feedback trigger/,
  ],
])('says what to do where the flow %s', async (_, flowId, expected, code, message) => {
  const { status, json } = await rate(await answered(flowId), { rating: 'up' })
  expect(status).toBe(expected)
  expect(json.error).toMatchObject({ code, message: expect.stringMatching(message) })
})

it('refuses a vote on a run that goes on, or that never was', async () => {
  const wait = { id: 'wait', type: 'flow.wait', properties: { duration: 10, unit: 'minutes' } }
  const flow = valuesFlow('slow', [])
  const body = {
    ...flow,
    nodes: [...flow.nodes, wait],
    edges: [{ from: ['node0', 'next'], to: 'wait' }],
  }
  await server.call('POST', '/api/flows', { body })
  const { json } = await server.call('POST', '/api/flows/slow/submit', { body: { prompt: 'Hi' } })
  expect((await rate(json.runId, { rating: 'up' })).json.error).toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('has not ended'),
  })
  expect((await rate('nobody', { rating: 'up' })).status).toBe(404)
})

it.each([[{}], [{ rating: 'great' }], [{ rating: 'up', comment: 5 }], ['"up"'], ['{']])(
  'refuses the body %j',
  async (body) => {
    expect((await rate(await answered('rated'), body)).status).toBe(400)
  },
)
