import { once } from 'node:events'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { chatFlow, echoFlow } from '../testing/chat-flow.ts'
import { endlessAnswer } from '../testing/fake-model.ts'
import { openLiveClient } from '../testing/live-client.ts'
import { startServerWithModel } from '../testing/server-with-model.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

let server: TestServer
beforeEach(async () => {
  server = await startTestServer()
  for (const id of ['echo', 'other']) {
    await server.call('POST', '/api/flows', { body: echoFlow(id) })
  }
})
afterEach(() => server.close())

const input = { sessionId: 's1', prompt: 'grind' }

async function makeKey(wish: object = {}): Promise<{ id: string; key: string }> {
  const body = { name: 'Web shop', policies: ['execute'], environment: 'development', ...wish }
  const { status, json } = await server.call('POST', '/api/keys', { body })
  expect(status).toBe(201)
  return json
}

const bearer = (key: string) => ({ authorization: `Bearer ${key}` })

function run(flowId: string, headers: Record<string, string> = {}) {
  return server.call('POST', `/api/flows/${flowId}/run`, { body: input, headers })
}

describe('API keys', () => {
  it('are shown once, and kept so that nobody can read them', async () => {
    const { key, ...made } = await makeKey({
      policies: ['execute', 'execute'],
      flows: ['echo', 'echo'],
      environment: 'development',
      limits: { requestsPerMinute: 60 },
    })
    expect(key).toMatch(/^mr_[0-9a-f]{12}_[\w-]{32}$/)
    expect(made).toEqual({
      id: expect.any(String),
      name: 'Web shop',
      start: key.slice(0, 15),
      policies: ['execute'],
      flows: ['echo'],
      environment: 'development',
      limits: { requestsPerMinute: 60, concurrentRuns: null },
      createdAt: expect.any(String),
      lastUsedAt: null,
      revokedAt: null,
    })
    await server.restart()
    const { json, text } = await server.call('GET', '/api/keys')
    expect(json).toEqual({ keys: [made] })
    expect(text).not.toContain(key.slice(16))
  })

  it('are needed by whoever runs a flow once there is one, on a server of this machine too', async () => {
    expect((await run('echo')).status).toBe(200)
    const { key } = await makeKey()
    const refused = await run('echo')
    expect([refused.status, refused.json.error.code]).toEqual([401, 'unauthorized'])
    expect((await run('echo', bearer(key))).json).toBe('grind')
    expect((await run('echo', { 'x-api-key': key })).json).toBe('grind')
    expect((await run('echo', bearer(`${key.slice(0, -1)}!`))).status).toBe(401)
  })

  it('tell when they were last used', async () => {
    const { key, id } = await makeKey()
    await run('echo', bearer(key))
    await server.restart()
    const { json } = await server.call('GET', '/api/keys')
    expect(json.keys[0]).toMatchObject({ id, lastUsedAt: expect.any(String) })
  })

  it('open nothing once they are revoked, and say so; the server does not open again', async () => {
    const { key, id } = await makeKey()
    expect((await server.call('DELETE', `/api/keys/${id}`)).status).toBe(204)
    expect((await server.call('DELETE', `/api/keys/${id}`)).status).toBe(204)
    const refused = await run('echo', bearer(key))
    expect([refused.status, refused.json.error.message]).toEqual([
      401,
      expect.stringContaining('"Web shop"'),
    ])
    expect((await run('echo')).status).toBe(401)
    expect((await server.call('DELETE', '/api/keys/nothing')).status).toBe(404)
  })

  it('are shut out of the live socket as soon as they are revoked, and others are not', async () => {
    const { key, id } = await makeKey()
    const other = await openLiveClient(server.url, bearer((await makeKey()).key))
    const { socket } = await openLiveClient(server.url, bearer(key))
    const closed = once(socket, 'close')
    await server.call('DELETE', `/api/keys/${id}`)
    expect((await closed).map(String)).toEqual(['1008', 'Sign in, or send a valid key.'])
    other.send({ type: 'ping' })
    expect(await other.frame('pong')).toEqual({ type: 'pong' })
    other.socket.terminate()
  })

  it('leave the editor, which is known by the cookie of its page, what it may', async () => {
    await makeKey()
    const page = await fetch(server.url)
    const cookie = page.headers.get('set-cookie') ?? ''
    expect(cookie).toMatch(/; Path=\/; HttpOnly; SameSite=Strict$/)
    expect((await run('echo', { cookie: cookie.split(';')[0] ?? '' })).status).toBe(200)
    expect((await run('echo', { cookie: 'millrace-session=AAAA' })).status).toBe(401)
  })

  it('run the flows that they are for, and list those alone as models', async () => {
    const { key } = await makeKey({ flows: ['echo'] })
    expect((await run('echo', bearer(key))).status).toBe(200)
    const refused = await run('other', bearer(key))
    expect([refused.status, refused.json.error.message]).toEqual([
      403,
      'The API key is for "echo" and may not run "other". Use a key whose flows include it.',
    ])
    const models = await server.call('GET', '/v1/models', { headers: bearer(key) })
    expect(models.json.data.map(({ id }: { id: string }) => id)).toEqual(['echo'])
    const missing = await server.call('GET', '/v1/models/other', { headers: bearer(key) })
    expect(missing.json.error.code).toBe('model_not_found')
  })

  it('are refused in the shape of OpenAI’s errors below /v1', async () => {
    await makeKey()
    const body = { model: 'echo', messages: [{ role: 'user', content: 'grind' }] }
    const { status, json } = await server.call('POST', '/v1/chat/completions', { body })
    expect(status).toBe(401)
    expect(json.error).toMatchObject({ type: 'invalid_request_error', code: 'invalid_api_key' })
  })

  it.each([
    ['without a name', { name: ' ', policies: ['execute'] }, 'body.name'],
    ['without a policy', { name: 'Key', policies: [] }, 'body.policies'],
    ['with a policy that is none', { name: 'Key', policies: ['rule'] }, 'body.policies.0'],
    [
      'for a flow that is none',
      { name: 'Key', policies: ['execute'], flows: ['no'] },
      'body.flows.0',
    ],
    [
      'that design some flows only',
      { name: 'Key', policies: ['configure'], flows: ['echo'] },
      'body.policies',
    ],
    [
      'with a limit of nothing',
      { name: 'Key', policies: ['execute'], limits: { concurrentRuns: 0 } },
      'body.limits.concurrentRuns',
    ],
  ])('are never made %s', async (_what, body, path) => {
    const { status, json } = await server.call('POST', '/api/keys', { body })
    expect([status, json.error.path]).toEqual([400, path])
  })
})

describe('a run that a key started', () => {
  it('is read, followed and stopped with that key, or by who designs', async () => {
    const { key, id } = await makeKey()
    const configure = await makeKey({ policies: ['configure'], environment: undefined })
    const runId = (await run('echo', bearer(key))).headers.get('x-run-id')
    for (const headers of [bearer(key), bearer(configure.key)]) {
      const read = await server.call('GET', `/api/runs/${runId}`, { headers })
      expect(read.json).toMatchObject({ state: 'completed', startedBy: `key:${id}` })
      for (const part of ['stream', 'events']) {
        const followed = await server.call('GET', `/api/runs/${runId}/${part}`, { headers })
        expect(followed.status).toBe(200)
      }
      const stopped = await server.call('POST', `/api/runs/${runId}/stop`, { headers })
      expect(stopped.status).toBe(200)
    }
  })

  it('is not there for other keys', async () => {
    const [mine, other] = [await makeKey(), await makeKey()]
    const runId = (await run('echo', bearer(mine.key))).headers.get('x-run-id')
    for (const [method, part] of [
      ['GET', ''],
      ['GET', '/stream'],
      ['GET', '/events'],
      ['POST', '/stop'],
    ] as const) {
      const { status, json } = await server.call(method, `/api/runs/${runId}${part}`, {
        headers: bearer(other.key),
      })
      expect([status, json.error.code]).toEqual([404, 'not_found'])
    }
  })

  it('shows its events in the view of clients, unless who asks designs', async () => {
    const { key } = await makeKey()
    const configure = await makeKey({ policies: ['configure'], environment: undefined })
    const runId = (await run('echo', bearer(key))).headers.get('x-run-id')
    const read = (query: string, who: string) =>
      server.call('GET', `/api/runs/${runId}/events${query}`, { headers: bearer(who) })
    expect((await read('', key)).text).not.toContain('node-start')
    expect((await read('', configure.key)).text).toContain('node-start')
    const refused = await read('?view=full', key)
    expect([refused.status, refused.json.error.code]).toEqual([403, 'forbidden'])
  })

  it('is not found by the Idempotency-Key of another key', async () => {
    const [mine, other] = [await makeKey(), await makeKey()]
    const start = ({ key }: { key: string }) =>
      run('echo', { ...bearer(key), 'idempotency-key': 'same' })
    const [first, again, others] = [await start(mine), await start(mine), await start(other)]
    expect(again.headers.get('x-run-id')).toBe(first.headers.get('x-run-id'))
    expect(others.status).toBe(200)
    expect(others.headers.get('x-run-id')).not.toBe(first.headers.get('x-run-id'))
  })
})

describe('the live socket of a key', () => {
  it('starts and follows its runs as a client, and nothing else', async () => {
    const { key } = await makeKey({ flows: ['echo'] })
    const other = await makeKey()
    const othersRun = (await run('echo', bearer(other.key))).headers.get('x-run-id')
    const live = await openLiveClient(server.url, bearer(key))
    live.send({ type: 'start', ref: 'a', flowId: 'echo', input, view: 'client' })
    const { runId } = await live.frame('started')
    const events = await live.eventsToEnd(runId)
    expect(events.map(({ type }) => type)).not.toContain('node-start')

    for (const [frame, code] of [
      [{ type: 'start', ref: 'b', flow: echoFlow('draft'), input }, 'forbidden'],
      [{ type: 'start', ref: 'c', flowId: 'echo', input }, 'forbidden'],
      [{ type: 'start', ref: 'd', flowId: 'other', input, view: 'client' }, 'forbidden'],
      [{ type: 'attach', runId }, 'forbidden'],
      [{ type: 'attach', runId: othersRun, view: 'client' }, 'not_found'],
      [{ type: 'stop', runId: othersRun }, 'not_found'],
      [{ type: 'watchRuns' }, 'forbidden'],
    ] as const) {
      live.send(frame)
      const { error } = await live.frame('error')
      expect([frame, error.code]).toEqual([frame, code])
    }
    live.socket.terminate()
  })
})

describe('the limits of a key', () => {
  it('say how soon to try again when it asked too often', async () => {
    const { key } = await makeKey({ limits: { requestsPerMinute: 2 } })
    const statuses = [await run('echo', bearer(key)), await run('echo', bearer(key))]
    expect(statuses.map(({ status }) => status)).toEqual([200, 200])
    const { status, json, headers } = await run('echo', bearer(key))
    expect([status, json.error]).toEqual([
      429,
      expect.objectContaining({
        code: 'rate_limited',
        details: expect.objectContaining({ limit: 'requestsPerMinute', max: 2 }),
      }),
    ])
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await run('echo', bearer((await makeKey()).key))).status).toBe(200)
  })

  it('hold for runs that go on at one time', async () => {
    const { server: withModel, model, close } = await startServerWithModel()
    try {
      model.answerWith(endlessAnswer)
      await withModel.call('POST', '/api/flows', { body: chatFlow('chat') })
      const body = {
        name: 'Key',
        policies: ['execute'],
        environment: 'development',
        limits: { concurrentRuns: 1 },
      }
      const { key } = (await withModel.call('POST', '/api/keys', { body })).json
      const submit = () =>
        withModel.call('POST', '/api/flows/chat/submit', { body: input, headers: bearer(key) })
      const { runId } = (await submit()).json
      const refused = await submit()
      expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1'])
      expect(refused.json.error.details).toMatchObject({ limit: 'concurrentRuns', max: 1 })
      await withModel.call('POST', `/api/runs/${runId}/stop`, { headers: bearer(key) })
      expect((await submit()).status).toBe(202)
    } finally {
      await close()
    }
  })
})

describe('a page of another origin that a flow lists', () => {
  it('may send a key in either header and reads the answer; without one it is nobody', async () => {
    const { key } = await makeKey()
    const origin = 'https://shop.test'
    await server.call('PUT', '/api/flows/echo/public-access', {
      body: {
        mode: 'anonymous',
        origins: [origin],
        limits: { perMinute: 10, perSession: 10, perDay: 10 },
      },
      headers: { 'if-match': '"0"' },
    })
    const path = '/api/flows/echo/run'
    const asked = await server.call('OPTIONS', path, {
      headers: { origin, 'access-control-request-method': 'POST' },
    })
    expect(asked.headers.get('access-control-allow-origin')).toBe(origin)
    expect(asked.headers.get('access-control-allow-headers')).toMatch(
      /authorization, x-api-key.*, \*$/,
    )

    const answered = await run('echo', { origin, 'x-api-key': key })
    expect([answered.status, answered.headers.get('access-control-expose-headers')]).toEqual([
      200,
      'x-run-id, x-session-id, x-request-id, x-should-retry, Retry-After, ETag, Location',
    ])
    expect((await run('echo', { origin })).status).toBe(401)
    expect((await run('echo', { origin: 'https://evil.test', 'x-api-key': key })).status).toBe(403)
  })
})
