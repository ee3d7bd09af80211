import { once } from 'node:events'
import { connect } from 'node:net'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import {
  bytesAnswer,
  errorAnswers,
  sseEvent,
  textAnswer,
  type Answer,
} from '@millrace/e2e/fake-model-server'
import type { Flow } from '@millrace/flow'
import { streamingChatExample } from '@millrace/nodes'
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
  await createConnection('model', model.url)
  for (const flow of [chatFlow('chat'), echoFlow('echo')]) await store(flow)
})
afterAll(async () => {
  await server.close()
  await model.close()
})
beforeEach(() => model.answerWith(tokensAnswer(['Hel', 'lo'])))

const store = (flow: Flow) => server.call('POST', '/api/flows', { body: flow })
const createConnection = (id: string, baseUrl: string) =>
  server.call('POST', '/api/connections', {
    body: { id, kind: 'openai', name: id, fields: { baseUrl, apiKey: 'sk-test' } },
  })
const input = { sessionId: 's1', prompt: 'Hi' }
const stream = (flow: string, headers = {}) =>
  server.call('POST', `/api/flows/${flow}/stream`, { body: input, headers })

/** The events of an SSE stream, as far as tests look at them. */
function eventsIn(text: string) {
  return text
    .split('\n\n')
    .filter((block) => block !== '' && !block.startsWith(':'))
    .map((block) => ({
      id: Number(/^id: (.*)$/m.exec(block)?.[1]),
      event: /^event: (.*)$/m.exec(block)?.[1],
      data: JSON.parse(/^data: (.*)$/m.exec(block)?.[1] ?? 'null'),
    }))
}
const errorIn = (text: string) => eventsIn(text).find(({ event }) => event === 'error')?.data.error
const textIn = (text: string) =>
  eventsIn(text)
    .filter(({ event }) => event === 'yield')
    .map(({ data }) => data)
    .join('')

describe('POST /api/flows/{id}/stream', () => {
  it('sends exactly these bytes', async () => {
    const body = JSON.stringify(input)
    const socket = connect(server.port, '127.0.0.1')
    let text = ''
    socket.on('data', (data) => {
      text += data.toString()
    })
    socket.write(
      [
        'POST /api/flows/chat/stream HTTP/1.1',
        'host: localhost',
        'content-type: application/json',
        `content-length: ${Buffer.byteLength(body)}`,
        'connection: close',
        '',
        body,
      ].join('\r\n'),
    )
    await once(socket, 'close')
    const [head = '', ...rest] = text.split('\r\n\r\n')
    const headers = head.toLowerCase().split('\r\n')
    expect(headers[0]).toBe('http/1.1 200 ok')
    expect(headers).toEqual(
      expect.arrayContaining([
        'content-type: text/event-stream',
        'cache-control: no-cache, no-transform',
        'x-accel-buffering: no',
        'transfer-encoding: chunked',
      ]),
    )
    const runId = /x-run-id: (.*)/.exec(head)?.[1]
    const chunks = rest.join('\r\n\r\n').split('\r\n')
    const content = chunks.filter((_, index) => index % 2 === 1).join('')
    const ids = eventsIn(content).map(({ id }) => id)
    expect(content).toBe(
      [
        `id: ${ids[0]}\nevent: yield\ndata: "Hel"\n\n`,
        `id: ${ids[1]}\nevent: yield\ndata: "lo"\n\n`,
        `id: ${ids[2]}\nevent: end\ndata: {"outcome":"completed","runId":"${runId}","usage":{"inputTokens":9,"outputTokens":2,"totalTokens":11},"result":null}\n\n`,
      ].join(''),
    )
    expect(ids).toEqual(ids.toSorted((left, right) => left - right))
  })

  it('sends the head of its answer, with the run id, before the first value', async () => {
    const proceed = Promise.withResolvers<void>()
    model.answerWith(tokensAnswer(['late'], { afterTokens: 0, until: proceed.promise }))
    const answer = await fetch(`${server.url}/api/flows/chat/stream`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(input),
    })
    const { json } = await server.call('GET', `/api/runs/${answer.headers.get('x-run-id')}`)
    expect(json.state).toBe('running')
    proceed.resolve()
    expect(textIn(await answer.text())).toBe('late')
  })

  it('is lines of NDJSON, or one array, when asked for', async () => {
    const lines = await stream('chat', { accept: 'application/x-ndjson' })
    expect(lines.headers.get('content-type')).toBe('application/x-ndjson')
    expect(
      lines.text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toMatchObject([
      { value: 'Hel' },
      { value: 'lo' },
      { end: { outcome: 'completed', result: null } },
    ])
    const array = await server.call('POST', '/api/flows/chat/stream', {
      body: input,
      headers: { accept: 'application/json' },
    })
    expect(array.text).toBe('["Hel",\n"lo"]\n')
  })

  it('runs a flow on the demo model, which says that it is no AI', async () => {
    await server.call('POST', '/api/flows', { body: streamingChatExample('demo-chat', 'Demo') })
    const { status, text } = await stream('demo-chat')
    expect(status).toBe(200)
    expect(textIn(text)).toContain('demo model')
  })

  it.each([
    ['no object', [1], 'input_invalid'],
    ['a history that cannot be read', { prompt: 'Hi', history: 'not JSON' }, 'input_invalid'],
  ])('refuses %s as its input before anything runs', async (_, body, code) => {
    const { status, json } = await server.call('POST', '/api/flows/chat/stream', { body })
    expect([status, json.error.code]).toEqual([422, code])
  })
})

describe('resuming', () => {
  it('gives the same text from every event on, in every framing', async () => {
    const contents = Array.from({ length: 40 }, (_, index) => `word-${index} `)
    model.answerWith(tokensAnswer(contents))
    const whole = await stream('chat')
    const runId = whole.headers.get('x-run-id')
    const ids = [0, ...eventsIn(whole.text).map(({ id }) => id)]
    for (const id of ids.slice(0, -1)) {
      const had = eventsIn(whole.text).filter((event) => event.id <= id)
      const rest = contents.slice(had.length).join('')
      const bySse = await server.call('GET', `/api/runs/${runId}/stream`, {
        headers: { 'last-event-id': String(id) },
      })
      expect(textIn(bySse.text)).toBe(rest)
      const byLines = await server.call('GET', `/api/runs/${runId}/stream?after=${id}`, {
        headers: { accept: 'application/x-ndjson' },
      })
      const values = byLines.text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line).value ?? '')
      expect(values.join('')).toBe(rest)
    }
  })

  it('joins a run that goes on', async () => {
    const proceed = Promise.withResolvers<void>()
    model.answerWith(tokensAnswer(['one ', 'two'], { afterTokens: 1, until: proceed.promise }))
    const { reader, runId } = await openStream('chat')
    expect(textIn(await readUntil(reader, 'one '))).toBe('one ')
    await reader.cancel()
    const back = server.call('GET', `/api/runs/${runId}/stream`)
    proceed.resolve()
    expect(textIn((await back).text)).toBe('one two')
  })

  it('shows the whole log to designers and the client view on request', async () => {
    const whole = await stream('chat')
    const runId = whole.headers.get('x-run-id')
    const full = await server.call('GET', `/api/runs/${runId}/events`)
    expect(eventsIn(full.text).map(({ id }) => id)).toEqual(
      eventsIn(full.text).map((_, index) => index + 1),
    )
    const client = await server.call('GET', `/api/runs/${runId}/events?view=client`)
    expect(eventsIn(client.text).map(({ event }) => event)).toEqual([
      'run-start',
      'run-yield',
      'run-yield',
      'run-end',
    ])
    expect(client.text).not.toContain('"prompt"')
  })

  it('[L4] says so when the events are no longer kept, and how the run ended', async () => {
    const runId = (await stream('chat')).headers.get('x-run-id')
    await server.call('GET', '/api/runs')
    const file = new DatabaseSync(join(server.directory, 'runs.db'))
    // As many rows as there were flushes while it ran.
    file.prepare('DELETE FROM run_events WHERE run_id = ? AND last_seq < 3').run(runId)
    file
      .prepare('UPDATE run_events SET first_seq = 3 WHERE run_id = ? AND first_seq < 3')
      .run(runId)
    file.close()
    const { status, json } = await server.call('GET', `/api/runs/${runId}/events?after=1`)
    expect([status, json.error.code]).toEqual([410, 'resume_gap'])
    expect(json.error.details).toMatchObject({ oldest: 3, run: { id: runId, state: 'completed' } })
  })

  it('refuses a place that is no number, and a run that is not there', async () => {
    const wrong = await server.call('GET', '/api/runs/x/stream', {
      headers: { 'last-event-id': 'x' },
    })
    expect(wrong.json.error.code).toBe('bad_request')
    expect((await server.call('GET', '/api/runs/x/events?after=-1')).status).toBe(400)
    expect((await server.call('GET', '/api/runs/x/events')).status).toBe(404)
  })
})

describe('POST /api/flows/{id}/run', () => {
  it('answers what the flow returns; lists go without', async () => {
    const { status, json, headers } = await server.call('POST', '/api/flows/echo/run', {
      body: input,
    })
    expect([status, json]).toEqual([200, 'Hi'])
    const run = await server.call('GET', `/api/runs/${headers.get('x-run-id')}`)
    expect(run.json).toMatchObject({ flowId: 'echo', state: 'completed', result: 'Hi' })
    const { json: list } = await server.call('GET', '/api/runs?flow=echo&limit=1')
    const { result: _, ...listed } = run.json
    expect(list.runs).toEqual([listed])
  })

  it('refuses a flow that yields, and says where it runs', async () => {
    const { status, json } = await server.call('POST', '/api/flows/chat/run', { body: input })
    expect([status, json.error.code]).toEqual([409, 'flow_yields'])
    expect(json.error.message).toContain('/api/flows/chat/stream')
  })

  it('answers a failed run with the status of its error and the run id', async () => {
    model.answerWith(errorAnswers.invalidKey('sk-test'))
    const silent = chatFlow('silent')
    await store({ ...silent, nodes: silent.nodes.slice(0, 2), edges: silent.edges.slice(0, 1) })
    const { status, json, headers, text } = await server.call('POST', '/api/flows/silent/run', {
      body: input,
    })
    expect([status, json.error.code, json.error.path]).toEqual([
      502,
      'provider_unauthorized',
      'chat.connection',
    ])
    expect(headers.get('x-run-id')).toBeTruthy()
    expect(text).not.toContain('sk-test')
  })
})

describe('stopping and leaving', () => {
  beforeEach(() => model.answerWith(endlessAnswer))

  /** Resolves when the provider of the latest run has lost its client. */
  async function modelLeft() {
    await expect.poll(async () => (await model.requests.at(-1)?.ended)?.how).toBe('client-left')
  }

  it('closes the model and answers when the end is in the log', async () => {
    const { reader, runId } = await openStream('chat')
    await readUntil(reader, 'one')
    const { status, json } = await server.call('POST', `/api/runs/${runId}/stop`)
    expect([status, json.state]).toEqual([200, 'cancelled'])
    await modelLeft()
    const rest = await readUntil(reader, 'event: end')
    expect(eventsIn(rest).at(-1)).toMatchObject({ event: 'end', data: { outcome: 'cancelled' } })
    const again = await server.call('POST', `/api/runs/${runId}/stop`)
    expect(again.json).toEqual(json)
    expect((await server.call('POST', '/api/runs/nowhere/stop')).status).toBe(404)
  })

  it('does not forget a client that leaves before its run has begun', async () => {
    await store(chatFlow('hasty', { settings: { onDisconnect: 'cancel' } }))
    const body = JSON.stringify(input)
    const socket = connect(server.port, '127.0.0.1')
    socket.end(
      [
        'POST /api/flows/hasty/stream HTTP/1.1',
        'host: localhost',
        'content-type: application/json',
        `content-length: ${Buffer.byteLength(body)}`,
        '',
        body,
      ].join('\r\n'),
      () => socket.destroy(),
    )
    await modelLeft()
    const states = async () =>
      (await server.call('GET', '/api/runs?flow=hasty')).json.runs.map(
        ({ state }: { state: string }) => state,
      )
    await expect.poll(states).toEqual(['cancelled'])
  })

  it('cancels at once when the client leaves, if the flow says so', async () => {
    await store(chatFlow('cancel', { settings: { onDisconnect: 'cancel' } }))
    const { reader, runId } = await openStream('cancel')
    await readUntil(reader, 'one')
    const leftAt = performance.now()
    await reader.cancel()
    await modelLeft()
    expect(performance.now() - leftAt).toBeLessThan(250)
    await expect
      .poll(async () => (await server.call('GET', `/api/runs/${runId}`)).json.state)
      .toBe('cancelled')
  })
})

describe('bad input', () => {
  const half = sseEvent({ choices: [{ index: 0, delta: { content: 'half' } }] })

  it('says which connection is missing, before anything runs', async () => {
    await store(chatFlow('missing', { chat: { connection: 'nowhere' } }))
    const { status, json } = await stream('missing')
    expect(status).toBe(422)
    expect(json.error).toMatchObject({ code: 'connection_missing', path: 'chat.connection' })
  })

  it('says which property is not set', async () => {
    await store(chatFlow('unset', { chat: { connection: '' } }))
    const { status, json } = await stream('unset')
    expect([status, json.error.code]).toEqual([422, 'flow_invalid'])
    expect(json.error.details.problems).toMatchObject([
      { code: 'property_missing', nodeId: 'chat', property: 'connection' },
    ])
  })

  it('says which model is unknown', async () => {
    model.answerWith(errorAnswers.modelNotFound('fake-1'))
    expect(errorIn((await stream('chat')).text)).toMatchObject({
      code: 'provider_model_unknown',
      nodeId: 'chat',
      property: 'modelId',
    })
  })

  it('says that a key is wrong, without showing it or the provider’s words', async () => {
    model.answerWith(errorAnswers.invalidKey('sk-test'))
    const { text } = await stream('chat')
    expect(errorIn(text)).toMatchObject({ code: 'provider_unauthorized', property: 'connection' })
    expect(text).not.toContain('sk-test')
  })

  it('says that a base URL cannot be reached', async () => {
    const gone = await startFakeModel()
    await gone.close()
    await createConnection('gone', gone.url)
    await store(chatFlow('unreachable', { chat: { connection: 'gone' } }))
    expect(errorIn((await stream('unreachable')).text)).toMatchObject({
      code: 'provider_unreachable',
      message: expect.stringContaining(gone.url),
    })
  })

  it('keeps what came before a cut, and never takes the cut for an end', async () => {
    model.answerWith(bytesAnswer([half]))
    const { text, headers } = await stream('chat')
    expect(textIn(text)).toBe('half')
    expect(errorIn(text)).toMatchObject({ code: 'upstream_truncated', nodeId: 'chat' })
    const { json } = await server.call('GET', `/api/runs/${headers.get('x-run-id')}`)
    expect(json).toMatchObject({ state: 'failed', error: { code: 'upstream_truncated' } })
  })

  it('says that the provider hung up', async () => {
    model.answerWith(textAnswer('half an answer', { end: { cutAfterEvents: 2 } }))
    expect(errorIn((await stream('chat')).text)).toMatchObject({ code: 'upstream_disconnected' })
  })

  it.each<[string, Answer, { status: number; code: string; retryAfter: string | null }]>([
    [
      'a limit of the provider',
      errorAnswers.rateLimited(0.01),
      { status: 429, code: 'provider_limited', retryAfter: '1' },
    ],
    [
      'a quota that is used up',
      errorAnswers.insufficientQuota(),
      { status: 429, code: 'provider_limited', retryAfter: null },
    ],
    [
      'a provider that fails',
      errorAnswers.contextTooLong(),
      { status: 502, code: 'provider_failed', retryAfter: null },
    ],
    [
      'garbage in the stream',
      bytesAnswer([half, 'data: {"oops\n\n']),
      { status: 502, code: 'upstream_protocol', retryAfter: null },
    ],
    [
      'an error in a stream that began well',
      bytesAnswer([half, sseEvent({ error: { message: 'Overloaded.' } })]),
      { status: 502, code: 'provider_failed', retryAfter: null },
    ],
    [
      'a stream that ends too early',
      bytesAnswer([half]),
      { status: 502, code: 'upstream_truncated', retryAfter: null },
    ],
  ])('tells %s with the same code by status and in the stream', async (_, answer, expected) => {
    model.answerWith(answer)
    const silent = chatFlow('silent-fault')
    await store({ ...silent, nodes: silent.nodes.slice(0, 2), edges: silent.edges.slice(0, 1) })
    const { status, json, headers } = await server.call('POST', '/api/flows/silent-fault/run', {
      body: input,
    })
    expect({ status, code: json.error.code, retryAfter: headers.get('retry-after') }).toEqual(
      expected,
    )
    const error = errorIn((await stream('chat')).text)
    expect(error).toMatchObject({ code: expected.code, nodeId: 'chat' })
    expect(error.message).toBe(json.error.message)
  })

  it.each<[string, Answer]>([
    ['the token limit', textAnswer('So far', { finishReason: 'length' })],
    ['the content filter', textAnswer('So far', { finishReason: 'content_filter' })],
    ['a refusal', textAnswer('No.', { field: 'refusal' })],
    ['a slow drip', textAnswer('So far', { delayMs: 20 })],
  ])('takes %s for an outcome of the model, not for an error', async (_, answer) => {
    model.answerWith(answer)
    const { text, headers } = await stream('chat')
    expect(eventsIn(text).at(-1)).toMatchObject({ event: 'end', data: { outcome: 'completed' } })
    const { json } = await server.call('GET', `/api/runs/${headers.get('x-run-id')}`)
    expect(json.state).toBe('completed')
  })

  it.each<[string, Partial<Flow>, string]>([
    [
      'a broken reference',
      {
        nodes: [
          { id: 'trigger', type: 'chat.trigger' },
          { id: 'yield', type: 'flow.yieldReturn', properties: { value: { $ref: 'nothing' } } },
        ],
        edges: [{ from: ['trigger', 'next'], to: 'yield' }],
      },
      'reference_broken',
    ],
    [
      'a cycle',
      {
        nodes: ['left', 'right'].map((id) => ({
          id,
          type: 'flow.yieldReturn',
          properties: { value: 'x' },
        })),
        edges: [
          { from: ['left', 'next'], to: 'right' },
          { from: ['right', 'next'], to: 'left' },
        ],
      },
      'cycle',
    ],
    [
      'two triggers',
      { nodes: ['left', 'right'].map((id) => ({ id, type: 'chat.trigger' })), edges: [] },
      'entry_several',
    ],
  ])('refuses to run %s and says what is wrong', async (name, changes, problem) => {
    const id = name.replaceAll(' ', '-')
    expect((await store(chatFlow(id, changes))).status).toBe(201)
    const { status, json } = await stream(id)
    expect([status, json.error.code]).toEqual([422, 'flow_invalid'])
    expect(json.error.details.problems.map(({ code }: { code: string }) => code)).toContain(problem)
  })
})

async function openStream(flow: string) {
  const answer = await fetch(`${server.url}/api/flows/${flow}/stream`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(input),
  })
  const reader = answer.body?.getReader()
  if (reader === undefined) throw new Error('The answer has no body.')
  return { reader, runId: answer.headers.get('x-run-id') }
}

async function readUntil(reader: ReadableStreamDefaultReader<Uint8Array>, end: string) {
  let text = ''
  while (!text.includes(end)) {
    const { value, done } = await reader.read()
    if (done) throw new Error(`The stream ended without "${end}": ${text}`)
    text += new TextDecoder().decode(value)
  }
  return text
}
