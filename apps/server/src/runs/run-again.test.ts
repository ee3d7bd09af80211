import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Flow } from '@millrace/flow'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { chatFlow } from '../testing/chat-flow.ts'
import { endlessAnswer, tokensAnswer, type FakeModel } from '../testing/fake-model.ts'
import { openLiveClient, type LiveClient } from '../testing/live-client.ts'
import { startServerWithModel, type ServerWithModel } from '../testing/server-with-model.ts'
import type { TestServer } from '../testing/test-server.ts'

let server: TestServer
let model: FakeModel
let close: ServerWithModel['close']
let client: LiveClient
beforeAll(async () => {
  ;({ server, model, close } = await startServerWithModel({ apiKey: 'sk-test' }))
})
afterAll(() => close())
beforeEach(async () => {
  model.answerWith(tokensAnswer(['Hel', 'lo']))
  client = await openLiveClient(server.url)
})
afterEach(() => client.socket.terminate())

const input = { sessionId: 's1', prompt: 'Hi' }

/** A chat, what it said kept in a variable by its loop, and both returned. */
function keepingFlow(id: string, value: Flow['nodes'][number]['properties'] = {}): Flow {
  const flow = chatFlow(id)
  return {
    ...flow,
    variables: [{ name: 'heard', type: 'text', value: '' }],
    nodes: [
      ...flow.nodes,
      {
        id: 'keep',
        type: 'flow.setVariable',
        properties: { variable: 'heard', value: { $expr: 'heard + message.content' } },
      },
      {
        id: 'return',
        type: 'flow.return',
        properties: {
          value: { $text: [{ $ref: 'response.content' }, '/', { $ref: 'heard' }] },
          ...value,
        },
      },
    ],
    edges: [
      ...flow.edges,
      { from: ['yield', 'next'], to: 'keep' },
      { from: ['chat', 'continue'], to: 'return' },
    ],
  }
}

async function runLive(flow: Flow, part: object = {}) {
  client.send({ type: 'start', ref: flow.id, flow, input, ...part })
  const started = await client.frame('started')
  return { started, events: await client.eventsToEnd(started['runId']) }
}

const asked = () => model.requests.length

it('goes on from a node of a run without asking the model again, with what its loop had kept', async () => {
  const flow = keepingFlow('goes-on')
  const { started, events: first } = await runLive(flow)
  expect(first.at(-1)).toMatchObject({ outcome: 'completed', result: 'Hello/Hello' })
  const before = asked()
  const changed = keepingFlow('goes-on', { value: { $text: ['again: ', { $ref: 'heard' }] } })
  const again = { runId: started['runId'], from: 'return' }
  const { started: next, events } = await runLive(changed, { again, input: 'not looked at' })
  expect(next['again']).toEqual({ from: 'return', pinned: ['chat'], rerun: [] })
  expect(events[0]).toMatchObject({ type: 'run-start', input, pinned: ['chat'], again })
  expect(events.at(-1)).toMatchObject({ outcome: 'completed', result: 'again: Hello' })
  expect(asked()).toBe(before)
})

it('runs again what is pinned in vain, and says why', async () => {
  const { started } = await runLive(keepingFlow('changed'))
  const flow = keepingFlow('changed')
  const nodes = flow.nodes.map((node) =>
    node.id === 'chat' ? { ...node, properties: { ...node.properties, userPrompt: 'Else' } } : node,
  )
  const again = { runId: started['runId'], from: 'return' }
  const before = asked()
  const { started: next } = await runLive({ ...flow, nodes }, { again })
  expect(next['again']).toMatchObject({
    pinned: [],
    rerun: [{ nodeId: 'chat', reason: 'changed' }],
  })
  expect(asked()).toBe(before + 1)
})

it('gives a node what is pinned, and stops behind the one it runs to', async () => {
  const response = {
    content: 'Given',
    role: 'assistant',
    modelId: 'none',
    finishReason: null,
    usage: null,
    history: [],
    historyJson: '[]',
    refusal: null,
  }
  const pinned = {
    chat: {
      outputs: { response },
      variables: { heard: 'nothing' },
    },
  }
  const before = asked()
  const { events } = await runLive(keepingFlow('pinned'), { pinned })
  expect(events.at(-1)).toMatchObject({ outcome: 'completed', result: 'Given/nothing' })
  expect(asked()).toBe(before)
  const { events: partly } = await runLive(keepingFlow('partly'), { until: 'yield' })
  expect(partly.at(-1)).toMatchObject({ outcome: 'completed', until: 'yield', result: null })
  expect(partly.filter(({ type }) => type === 'run-yield')).toHaveLength(1)
})

it('runs a stopped run of a client again over HTTP, as it ran then or as the flow is now', async () => {
  await server.call('POST', '/api/flows', { body: keepingFlow('stopped') })
  model.answerWith(endlessAnswer)
  const submitted = await server.call('POST', '/api/flows/stopped/submit', { body: input })
  const { runId } = submitted.json
  await server.call('POST', `/api/runs/${runId}/stop`)
  model.answerWith(tokensAnswer(['Hel', 'lo']))
  const told = await server.call('GET', `/api/runs/${runId}/again?from=return&flow=then`)
  expect(told.json).toEqual({
    from: 'return',
    pinned: [],
    rerun: [{ nodeId: 'chat', reason: 'notEnded' }],
  })
  const answer = await server.call('POST', `/api/runs/${runId}/again`, { body: { from: 'return' } })
  expect(answer.status).toBe(202)
  client.send({ type: 'attach', runId: answer.json.runId, after: 0 })
  const events = await client.eventsToEnd(answer.json.runId)
  expect(events[0]).toMatchObject({ trace: 'full', input, again: { runId, from: 'return' } })
  expect(events.at(-1)).toMatchObject({ outcome: 'completed', result: 'Hello/Hello' })
  const record = await server.call('GET', `/api/runs/${answer.json.runId}`)
  expect(record.json).toMatchObject({ origin: 'client', sessionId: 's1' })
})

it('tells of a run which one it runs again, and of that one the latest that did', async () => {
  const flow = keepingFlow('told')
  const { started } = await runLive(flow)
  const again = { runId: started['runId'], from: 'return' }
  const { started: second } = await runLive(flow, { again })
  const { started: third } = await runLive(flow, { again })
  const { json } = await server.call('GET', '/api/runs?flow=told')
  expect(
    json.runs.map((run: Record<string, unknown>) => [run['againRunId'], run['ranAgainAs']]),
  ).toEqual([
    [started['runId'], null],
    [started['runId'], null],
    [null, third['runId']],
  ])
  const read = await server.call('GET', `/api/runs/${second['runId']}`)
  expect(read.json).toMatchObject({ againRunId: started['runId'], ranAgainAs: null })
})

it('does not say that a run goes on again whose start could not be stored', async () => {
  const { started } = await runLive(keepingFlow('unstored'))
  await server.call('GET', '/api/runs')
  model.answerWith(endlessAnswer)
  const file = new DatabaseSync(join(server.directory, 'runs.db'))
  file.exec(`CREATE TRIGGER full BEFORE INSERT ON runs
    BEGIN SELECT raise(ABORT, 'database or disk is full'); END`)
  const path = `/api/runs/${started['runId']}/again`
  const answer = await server.call('POST', path, { body: { from: 'chat', flow: 'then' } })
  file.exec('DROP TRIGGER full')
  file.close()
  expect([answer.status, answer.json.error.code]).toEqual([500, 'internal'])
  const { runs } = (await server.call('GET', '/api/runs?flow=unstored&state=running')).json
  expect(runs).toEqual([])
})

it('says what was not recorded of a client’s run', async () => {
  await server.call('POST', '/api/flows', { body: keepingFlow('summary') })
  const { headers } = await server.call('POST', '/api/flows/summary/stream', { body: input })
  const runId = headers.get('x-run-id') ?? ''
  const told = await server.call('GET', `/api/runs/${runId}/again?from=return`)
  expect(told.json.rerun).toEqual([{ nodeId: 'chat', reason: 'notRecorded' }])
})

it('is refused for a run that is not there, a node that no run comes to, and a client', async () => {
  const nowhere = await server.call('POST', '/api/runs/nowhere/again', { body: { from: 'return' } })
  expect(nowhere.json.error.code).toBe('not_found')
  const { started } = await runLive(keepingFlow('refused'))
  const again = { runId: started['runId'], from: 'nobody' }
  client.send({ type: 'start', ref: 'b', flow: keepingFlow('refused'), again })
  expect(await client.frame('error')).toMatchObject({ ref: 'b', error: { code: 'input_invalid' } })
  client.send({ type: 'start', ref: 'c', flowId: 'stopped', view: 'client', until: 'chat', input })
  expect(await client.frame('error')).toMatchObject({ ref: 'c', error: { code: 'bad_request' } })
})
