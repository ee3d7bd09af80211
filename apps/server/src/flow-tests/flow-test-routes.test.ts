import { noTests, serializeFlowTests, type Flow, type FlowTest } from '@millrace/flow'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { chatFlow, echoFlow } from '../testing/chat-flow.ts'
import type { FakeModel } from '../testing/fake-model.ts'
import { startServerWithModel, type ServerWithModel } from '../testing/server-with-model.ts'
import type { TestServer } from '../testing/test-server.ts'

let server: TestServer
let model: FakeModel
let close: ServerWithModel['close']
beforeAll(async () => {
  ;({ server, model, close } = await startServerWithModel({ apiKey: 'sk-secret-of-the-test' }))
})
afterAll(() => close())

const ifMatch = (tag: string | null) => ({ 'if-match': tag ?? '' })
const echoes: FlowTest = {
  name: 'echoes',
  input: { prompt: 'Hi' },
  expect: { outcome: 'completed', result: 'Hi' },
}

async function store(flow: Flow, tests: readonly FlowTest[] = []): Promise<string> {
  await server.call('POST', '/api/flows', { body: flow })
  const path = `/api/flows/${flow.id}/tests`
  const body = { ...noTests(flow.id), tests }
  await server.call('PUT', path, { body, headers: ifMatch('"0"') })
  return path
}

/** Runs a document as the designer does, to its end. */
async function runRecorded(flow: Flow): Promise<string> {
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/api/live`)
  const { promise, resolve } = Promise.withResolvers<string>()
  let runId = ''
  socket.on('open', () => {
    const input = { prompt: 'Hi' }
    socket.send(JSON.stringify({ type: 'start', ref: 'a', flow, input, record: true }))
  })
  socket.on('message', (data) => {
    const frame = JSON.parse(String(data as Buffer)) // whole, as one buffer
    if (frame.type === 'started') runId = frame.runId
    if (frame.events?.at(-1)?.type === 'run-end') resolve(runId)
  })
  await promise
  socket.terminate()
  return runId
}

describe('the tests of a flow', () => {
  it('are none until the first is saved, and then its canonical text', async () => {
    await server.call('POST', '/api/flows', { body: echoFlow('first') })
    const path = '/api/flows/first/tests'
    const before = await server.call('GET', path)
    expect([before.headers.get('etag'), before.json]).toEqual(['"0"', noTests('first')])
    const body = {
      tests: [echoes],
      flow: 'elsewhere.json',
      version: 1,
      format: 'millrace/flow-test',
    }
    const saved = await server.call('PUT', path, { body, headers: ifMatch('"0"') })
    expect(saved).toMatchObject({
      status: 200,
      text: serializeFlowTests({ ...noTests('first'), tests: [echoes] }),
    })
    expect(await server.call('GET', path)).toMatchObject({ text: saved.text })
    const stale = await server.call('PUT', path, { body, headers: ifMatch('"0"') })
    expect([stale.status, stale.json.error.code]).toEqual([409, 'conflict'])
  })

  it('are refused with every problem when they are none', async () => {
    await server.call('POST', '/api/flows', { body: echoFlow('odd') })
    const body = { ...noTests('odd'), tests: [{ name: 'no' }], more: 1 }
    const answer = await server.call('PUT', '/api/flows/odd/tests', {
      body,
      headers: ifMatch('"0"'),
    })
    expect(answer.status).toBe(400)
    expect(answer.json.error.details.problems).toHaveLength(2)
  })

  it('belong to a flow, and go with it', async () => {
    expect((await server.call('GET', '/api/flows/nowhere/tests')).status).toBe(404)
    const path = await store(echoFlow('gone'), [echoes])
    await server.call('DELETE', '/api/flows/gone')
    expect((await server.call('GET', path)).status).toBe(404)
    await server.call('POST', '/api/flows', { body: echoFlow('gone') })
    expect((await server.call('GET', path)).json.tests).toEqual([])
  })

  it('come back with their flow', async () => {
    const path = await store(echoFlow('back'), [echoes])
    await server.call('DELETE', '/api/flows/back')
    await server.call('POST', '/api/flows/back/restore')
    expect((await server.call('GET', path)).json.tests).toMatchObject([{ name: 'echoes' }])
  })
})

describe('running the tests of a flow', () => {
  it('answers how each went, also on a document that is not saved', async () => {
    const path = await store(echoFlow('run'), [echoes, { ...echoes, name: 'other' }])
    const { json } = await server.call('POST', `${path}/run`, { body: { names: ['echoes'] } })
    expect(json.results).toMatchObject([{ name: 'echoes', passed: true, differences: [] }])
    const flow = echoFlow('run')
    const changed = {
      ...flow,
      nodes: flow.nodes.map((node) =>
        node.id === 'return' ? { ...node, properties: { value: 'Bye' } } : node,
      ),
    }
    const answer = await server.call('POST', `${path}/run`, { body: { flow: changed } })
    expect(answer.json.results).toMatchObject([
      {
        name: 'echoes',
        passed: false,
        differences: [{ at: 'result', expected: 'Hi', actual: 'Bye' }],
      },
      { name: 'other', passed: false },
    ])
  })
})

describe('accepting what came out', () => {
  it('makes it what is expected, and keeps the other tests', async () => {
    const wrong = { ...echoes, expect: { result: 'Bye' } }
    const other = { ...wrong, name: 'other' }
    const path = await store(echoFlow('accept'), [wrong, other])
    const { json, headers } = await server.call('POST', `${path}/accept`, {
      body: { names: ['echoes'] },
    })
    expect(json.tests).toEqual([{ ...echoes, expect: { result: 'Hi' } }, other])
    expect(headers.get('etag')).toBe('"2"')
  })

  it('is refused where a recording is missing', async () => {
    const path = await store(chatFlow('lacking'), [{ ...echoes, expect: {} }])
    const answer = await server.call('POST', `${path}/accept`, { body: {} })
    expect([answer.status, answer.json.error.code]).toEqual([422, 'recording_missing'])
  })
})

describe('a caller who leaves while tests are accepted', () => {
  it('changes nothing: a run that was stopped says nothing of the flow', async () => {
    const flow = echoFlow('left')
    const busy: Flow = {
      ...flow,
      nodes: [
        ...flow.nodes,
        { id: 'busy', type: 'flow.function', properties: { code: 'for (;;) {}', timeout: 30 } },
      ],
      edges: [
        { from: ['trigger', 'next'], to: 'busy' },
        { from: ['busy', 'next'], to: 'return' },
      ],
    }
    const path = await store(busy, [echoes])
    const leaving = AbortSignal.timeout(500)
    const body = JSON.stringify({})
    const headers = { 'content-type': 'application/json' }
    const options = { method: 'POST', body, headers, signal: leaving }
    await expect(fetch(`${server.url}${path}/accept`, options)).rejects.toThrow()
    // What the server still does of it is done before it answers this.
    const trial = { code: 'return 1' }
    await server.call('POST', '/api/functions/run', { body: trial })
    const { headers: after, json } = await server.call('GET', path)
    expect([after.get('etag'), json.tests]).toEqual(['"1"', [echoes]])
  })
})

describe('the test of a run', () => {
  it('is what came in, what the provider answered and what came out, without the key', async () => {
    const flow = chatFlow('recorded')
    const runId = await runRecorded(flow)
    const { text, json } = await server.call('GET', `/api/runs/${runId}/test?name=says%20hello`)
    expect(json).toMatchObject({
      name: 'says hello',
      input: { prompt: 'Hi' },
      recordings: { chat: [{ status: 200 }] },
      expect: { outcome: 'completed', yields: ['Hel', 'lo'] },
    })
    expect(text).not.toContain('sk-secret')
    const path = await store(flow, [json])
    const asked = model.requests.length
    const run = await server.call('POST', `${path}/run`, { body: {} })
    expect(run.json.results).toMatchObject([{ name: 'says hello', passed: true }])
    expect(model.requests).toHaveLength(asked)
  })

  it('is made of the log of a run that a client started, when all of it was recorded', async () => {
    const flow: Flow = { ...chatFlow('logged'), settings: { trace: 'full' } }
    await server.call('POST', '/api/flows', { body: flow })
    const run = await server.call('POST', '/api/flows/logged/stream', { body: { prompt: 'Hi' } })
    const runId = run.headers.get('x-run-id') ?? ''
    const { text, json } = await server.call('GET', `/api/runs/${runId}/test?name=says%20hello`)
    expect(json).toMatchObject({
      recordings: { chat: [{ request: { path: '/chat/completions' } }] },
      expect: { outcome: 'completed', text: 'Hello' },
    })
    expect(text).not.toContain('sk-secret')
    await server.call('PUT', '/api/flows/logged/tests', {
      body: { ...noTests('logged'), tests: [json] },
      headers: ifMatch('"0"'),
    })
    const { json: went } = await server.call('POST', '/api/flows/logged/tests/run', { body: {} })
    expect(went.results).toMatchObject([{ passed: true, differences: [] }])
  })

  it('is refused where only a summary was recorded, and says what to do', async () => {
    await server.call('POST', '/api/flows', { body: chatFlow('summed') })
    const run = await server.call('POST', '/api/flows/summed/stream', { body: { prompt: 'Hi' } })
    const runId = run.headers.get('x-run-id') ?? ''
    const { status, json } = await server.call('GET', `/api/runs/${runId}/test?name=no`)
    expect([status, json.error.code]).toEqual([422, 'input_invalid'])
    expect(json.error.message).toContain('Choose "Everything" in the flow\'s settings')
  })

  it('is not there of a run that is not kept', async () => {
    const answer = await server.call('GET', '/api/runs/nobody/test?name=no')
    expect([answer.status, answer.json.error.code]).toEqual([404, 'not_found'])
  })
})
