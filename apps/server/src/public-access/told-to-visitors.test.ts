import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Flow } from '@millrace/flow'
import { errorAnswers, type Answer } from '@millrace/e2e/fake-model-server'
import { SignJWT } from 'jose'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { chatFlow } from '../testing/chat-flow.ts'
import { tokensAnswer } from '../testing/fake-model.ts'
import { startServerWithModel, type ServerWithModel } from '../testing/server-with-model.ts'

// What a visitor learns of a run that failed, by each route that answers them.

/** One of the ways by which visitors ask of a run; `{id}` is the flow, `{run}` a run of it that failed. */
interface Way {
  readonly ask: string
  readonly body?: (flowId: string) => unknown
  readonly accept?: string
  /** What comes of the error: what it says, the code of another refusal, or nothing at all. */
  readonly tells: 'code' | 'words' | 'forbidden' | 'conflict' | 'nothing'
}

/** They stand in the error, which names the connection and the node, or in how it is told otherwise. */
const canaries = [
  /Model/,
  /API key/,
  /chat\.connection/,
  /127\.0\.0\.1/,
  /fake-1/,
  /provider_/,
  /upstream_/,
]
const words = 'The chat could not answer'
const input = { sessionId: 's1', prompt: 'Hi' }
const chatInput = () => input
const completion = (model: string) => ({ model, messages: [{ role: 'user', content: 'Hi' }] })
const streamedCompletion = (model: string) => ({
  ...completion(model),
  stream: true,
  stream_options: { include_usage: true },
})
const uiMessage = () => ({
  id: 's1',
  messages: [{ id: 'm', role: 'user', parts: [{ type: 'text', text: 'Hi' }] }],
})
const [sse, ndjson, json] = ['text/event-stream', 'application/x-ndjson', 'application/json']
const perValueFraming = (ask: string, body?: Way['body']): readonly Way[] => [
  { ask, ...(body && { body }), accept: sse, tells: 'code' },
  { ask, ...(body && { body }), accept: ndjson, tells: 'code' },
  { ask, ...(body && { body }), accept: json, tells: 'nothing' },
]

const ways: readonly Way[] = [
  { ask: 'POST /api/flows/{id}/run', body: chatInput, tells: 'code' },
  ...perValueFraming('POST /api/flows/{id}/stream', chatInput),
  { ask: 'POST /api/flows/{id}/submit', body: chatInput, tells: 'forbidden' },
  { ask: 'POST /api/flows/{id}/chat', body: uiMessage, tells: 'words' },
  { ask: 'GET /api/flows/{id}/chat/s1/stream', tells: 'nothing' },
  { ask: 'GET /api/runs/{run}', tells: 'code' },
  { ask: 'GET /api/runs/{run}/events', accept: sse, tells: 'code' },
  { ask: 'GET /api/runs/{run}/events', accept: ndjson, tells: 'code' },
  { ask: 'GET /api/runs/{run}/events?view=client', accept: ndjson, tells: 'code' },
  { ask: 'GET /api/runs/{run}/events?view=full', tells: 'forbidden' },
  ...perValueFraming('GET /api/runs/{run}/stream'),
  { ask: 'POST /api/runs/{run}/stop', tells: 'code' },
  { ask: 'POST /api/runs/{run}/feedback', body: () => ({ rating: 'up' }), tells: 'conflict' },
  { ask: 'POST /v1/chat/completions', body: completion, tells: 'code' },
  { ask: 'POST /v1/chat/completions', body: streamedCompletion, tells: 'code' },
  { ask: 'GET /v1/models', tells: 'nothing' },
  { ask: 'GET /v1/models/{id}', tells: 'nothing' },
]

const kinds = ['anonymous', 'signed'] as const
type Kind = (typeof kinds)[number]
type Headers = Readonly<Record<string, string>>

let host: ServerWithModel
/** What each kind of visitor sends along, and a run of theirs that failed. */
const visitors = {} as Record<Kind, { token: Headers; runId: string }> // made below
const badKey = errorAnswers.invalidKey('sk-canary')

beforeAll(async () => {
  host = await startServerWithModel()
  for (const kind of kinds) {
    await publish(failing(kind))
    const token = await letIn(kind)
    host.model.answerWith(badKey)
    const failed = await host.server.call('POST', `/api/flows/${kind}/run`, {
      body: input,
      headers: token,
    })
    visitors[kind] = { token, runId: failed.headers.get('x-run-id') ?? '' }
  }
}, 60_000)
afterAll(() => host.close())
beforeEach(() => host.model.answerWith(badKey))

/** Asks the model of the flow and yields nothing, so that every way of running it is open. */
function failing(id: string): Flow {
  const { nodes, edges, ...flow } = chatFlow(id)
  return {
    ...flow,
    nodes: nodes.slice(0, 2),
    edges: edges.slice(0, 1),
  }
}

async function publish(flow: Flow): Promise<void> {
  await host.server.call('POST', '/api/flows', { body: flow })
  const body = { environment: 'production' }
  const published = await host.server.call('POST', `/api/flows/${flow.id}/publish`, { body })
  expect(published.status).toBe(200)
}

async function letIn(flowId: string, mode: Kind = flowId as Kind) {
  const { call } = host.server
  const limits = { perMinute: 9999, perSession: 9999, perDay: 9999 }
  const path = `/api/flows/${flowId}/public-access`
  const headers = { 'if-match': '"0"' }
  await call('PUT', path, { body: { mode, origins: [], limits }, headers })
  const body = mode === 'signed' ? { signed: await sign(`${path}/secret`) } : {}
  const { json: arrived } = await call('POST', `/api/flows/${flowId}/visitors`, { body })
  return { authorization: `Bearer ${arrived.token}` }
}

async function sign(path: string): Promise<string> {
  const { json: made } = await host.server.call('POST', path)
  return new SignJWT({ sub: 'ada@mill.test' })
    .setProtectedHeader({ alg: 'HS256' })
    .setExpirationTime('1h')
    .sign(new TextEncoder().encode(made.secret))
}

/** What is streamed may be no whole JSON, so only its text is read. */
async function askBy({ ask, body, accept = json }: Way, kind: Kind, headers: Headers) {
  const [method = '', path = ''] = ask.split(' ')
  const named = path.replace('{id}', kind).replace('{run}', visitors[kind].runId)
  const answer = await fetch(`${host.server.url}${named}`, {
    method,
    headers: { ...headers, accept, 'content-type': json },
    ...(body === undefined ? {} : { body: JSON.stringify(body(kind)) }),
  })
  return { status: answer.status, headers: answer.headers, text: await answer.text() }
}

const told = ({ ask, accept = '' }: Way) => `${ask} ${accept}`.trim()

describe.each(kinds)('of a run that failed, a visitor (%s)', (kind) => {
  it.each(ways.map((way) => [told(way), way] as const))(
    'learns by %s that it did, and nothing of why',
    async (_, way) => {
      const { status, text, headers } = await askBy(way, kind, visitors[kind].token)
      for (const canary of canaries) expect(text).not.toMatch(canary)
      expect(text.includes(words)).toBe(way.tells === 'code' || way.tells === 'words')
      if (way.tells === 'code') expect(text).toMatch(/"code":"internal"/)
      if (way.tells === 'forbidden') expect(status).toBe(403)
      if (way.tells === 'conflict') expect(status).toBe(409)
      const isOfRun = !text.includes('"code":"forbidden"') && /run|stream|chat/.test(way.ask)
      const hasId = headers.has('x-run-id') || text.includes(visitors[kind].runId)
      if (isOfRun && status !== 204 && way.tells !== 'conflict') expect(hasId).toBe(true)
    },
  )

  it('and who designs learns why by the same ways', async () => {
    const why = ways.filter(({ tells }) => tells === 'code' || tells === 'words')
    for (const way of why) {
      const { text } = await askBy(way, kind, {})
      expect([told(way), text]).toEqual([told(way), expect.stringContaining('asks for an API key')])
    }
  })
})

it('knows all routes that answer visitors', async () => {
  const { paths } = (await host.server.call('GET', '/openapi.json')).json
  const routes = Object.entries<Record<string, { 'x-caller': string }>>(paths).flatMap(
    ([path, methods]) =>
      Object.entries(methods)
        .filter(([, operation]) => operation['x-caller'] === 'client')
        .map(([method]) => `${method.toUpperCase()} ${path}`),
  )
  const asked = ways.map(({ ask }) =>
    ask
      .replace(/\?.*/, '')
      .replace('{run}', '{id}')
      .replace('s1', '{chatId}')
      .replace('models/{id}', 'models/{model}'),
  )
  expect([...new Set(asked)].toSorted()).toEqual(routes.toSorted())
})

it('no visitor is let in on the live socket, nor told why in words for operators', async () => {
  const { token } = visitors.anonymous
  const url = `${host.server.url.replace('http', 'ws')}/api/live`
  const socket = new WebSocket(url, { origin: host.server.url, headers: token })
  const answer = await new Promise<string>((resolve) => {
    socket.on('unexpected-response', (_, response) => {
      response.setEncoding('utf8').on('data', resolve)
    })
  })
  expect(JSON.parse(answer).error).toMatchObject({
    code: 'forbidden',
    message: 'This is not for visitors of the chat.',
  })
})

describe('a visitor', () => {
  it('who comes back to an answer that goes on is told no more of its failure', async () => {
    const { token } = visitors.anonymous
    const rest = Promise.withResolvers<void>()
    host.model.answerWith(cut(rest.promise))
    const first = host.server.call('POST', '/api/flows/anonymous/chat', {
      body: uiMessage(),
      headers: token,
    })
    await expect
      .poll(async () => (await host.server.call('GET', '/api/runs?state=running')).json.runs.length)
      .toBe(1)
    const url = `${host.server.url}/api/flows/anonymous/chat/s1/stream`
    const following = await fetch(url, { headers: token })
    expect(following.status).toBe(200)
    rest.resolve()
    for (const text of [(await first).text, await following.text()]) {
      expect(text).toContain(words)
      for (const canary of canaries) expect(text).not.toMatch(canary)
    }
  })

  it('who comes back when events are no longer kept gets what is known, and not why it failed', async () => {
    const { token } = visitors.anonymous
    const { call, directory } = host.server
    const failed = await call('POST', '/api/flows/anonymous/run', { body: input, headers: token })
    const runId = failed.headers.get('x-run-id')
    await call('GET', '/api/runs')
    const file = new DatabaseSync(join(directory, 'runs.db'))
    file.prepare('DELETE FROM run_events WHERE run_id = ? AND last_seq < 3').run(runId)
    file
      .prepare('UPDATE run_events SET first_seq = 3 WHERE run_id = ? AND first_seq < 3')
      .run(runId)
    file.close()
    for (const what of ['stream', 'events']) {
      const path = `/api/runs/${runId}/${what}?after=1`
      const { status, text, json: gap } = await call('GET', path, { headers: token })
      expect([status, gap.error.code]).toEqual([410, 'resume_gap'])
      const error = { code: 'internal', message: expect.stringContaining(words), retryable: false }
      expect(gap.error.details).toMatchObject({
        oldest: 3,
        run: { id: runId, state: 'failed', models: [], error },
        snapshot: { runId, status: 'failed', error },
      })
      for (const canary of canaries) expect(text).not.toMatch(canary)
    }
  })

  it('learns neither what an answer used nor which model gave it', async () => {
    const { token } = visitors.anonymous
    host.model.answerWith(tokensAnswer(['Hel', 'lo']))
    const ended = ways.filter(({ ask }) => /^POST .*(?:run|stream|chat|completions)$/.test(ask))
    expect(ended.length).toBeGreaterThan(5)
    for (const way of ended) {
      const { text, status } = await askBy(way, 'anonymous', token)
      expect([told(way), status]).toEqual([told(way), 200])
      expect(text).not.toMatch(/fake-1|"(?:input|output|total)Tokens"|_tokens":[1-9]/)
    }
    const { headers } = await host.server.call('POST', '/api/flows/anonymous/run', {
      body: input,
      headers: token,
    })
    const read = async (as: Headers) =>
      (await host.server.call('GET', `/api/runs/${headers.get('x-run-id')}`, { headers: as })).json
    expect(await read(token)).toMatchObject({ state: 'completed', usage: null, models: [] })
    expect(await read({})).toMatchObject({ usage: { totalTokens: 11 } })
    const events = await host.server.call('GET', `/api/runs/${headers.get('x-run-id')}/events`, {
      headers: { ...token, accept: ndjson },
    })
    expect(events.text).toContain('"usage":null')
  })

  it('reads what a flow throws in the words of its designer', async () => {
    await publish(throwing('closed'))
    const token = await letIn('closed', 'anonymous')
    const { status, json: answer } = await host.server.call('POST', '/api/flows/closed/run', {
      body: input,
      headers: token,
    })
    const { code, message, ...rest } = answer.error
    expect([status, code, message]).toEqual([422, 'flow_failed', 'We are closed on Sundays.'])
    expect(Object.keys(rest).toSorted()).toEqual(['requestId', 'retryable'])
  })

  it('is told nothing of what keeps a flow from starting, by whichever door', async () => {
    await publish(failing('unplugged'))
    const token = await letIn('unplugged', 'anonymous')
    const { headers } = await host.server.call('GET', '/api/connections/model')
    const ifMatch = { 'if-match': headers.get('etag') ?? '' }
    const gone = await host.server.call('DELETE', '/api/connections/model', { headers: ifMatch })
    expect(gone.status).toBe(204)
    const run = { body: input, headers: token }
    const answers = [
      await host.server.call('POST', '/api/flows/unplugged/run', run),
      await host.server.call('POST', '/api/flows/unplugged/stream', run),
      await host.server.call('POST', '/v1/chat/completions', {
        body: completion('unplugged'),
        headers: token,
      }),
      await host.server.call('POST', '/api/flows/unplugged/visitors', { body: {} }),
    ]
    for (const { status, text, json: answer } of answers) {
      expect([status, answer.error.code]).toEqual([500, 'internal'])
      for (const canary of [...canaries, /connection/i, /"details"/])
        expect(text).not.toMatch(canary)
    }
  })
})

/** Says a word, and is cut off once it may go on. */
function cut(until: Promise<void>): Answer {
  return {
    kind: 'text',
    tokens: ['Hel', 'lo'],
    pause: { afterTokens: 1, until },
    end: { cutAfterEvents: 3 },
  }
}

function throwing(id: string): Flow {
  const { nodes, edges, ...flow } = chatFlow(id)
  const properties = { message: 'We are closed on Sundays.', details: 'fake-1' }
  return {
    ...flow,
    nodes: [...nodes.slice(0, 1), { id: 'chat', type: 'flow.throw', properties }],
    edges: edges.slice(0, 1),
  }
}
