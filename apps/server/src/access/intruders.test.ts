import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { echoFlow } from '../testing/chat-flow.ts'
import { openLiveClient } from '../testing/live-client.ts'
import { askRaw } from '../testing/raw-http.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

type Headers = Readonly<Record<string, string>>

/** Stands in everything that is another's. */
const canary = 'grist of others'
const password = 'twelve chars at least'
const input = { sessionId: 'theirs', prompt: canary }

let server: TestServer
let operator: Headers
/** A run that another key started. */
let theirRun: string
/** Routes for clients that name something in their path, or in their body. */
let routes: readonly { readonly method: string; readonly path: string }[]
/** Who tries, by what they send along; each may run the flow "mine" at most. */
const intruders = {
  nobody: {},
  'a key of another flow': {},
  'a key for tools': {},
  'a key that was revoked': {},
  'a visitor of another flow': {},
} satisfies Record<string, Headers>

const bearer = (token: string): Headers => ({ authorization: `Bearer ${token}` })

beforeAll(async () => {
  server = await startTestServer({ MILLRACE_OPERATOR_PASSWORD: password })
  const signedIn = await server.call('POST', '/api/session', { body: { password } })
  operator = { cookie: signedIn.headers.get('set-cookie')?.split(';')[0] ?? '' }
  const post = (path: string, body: object) =>
    server.call('POST', path, { body, headers: operator })
  const makeKey = async (wish: object): Promise<{ id: string; key: string }> =>
    (await post('/api/keys', { name: 'Key', policies: ['execute'], ...wish })).json

  for (const id of ['mine', 'theirs', 'draft']) {
    await post('/api/flows', { ...echoFlow(id), name: id === 'mine' ? id : canary })
    if (id !== 'draft') await post(`/api/flows/${id}/publish`, { environment: 'production' })
  }
  const theirs = await makeKey({ flows: ['theirs'] })
  const started = await server.call('POST', '/api/flows/theirs/run', {
    body: input,
    headers: bearer(theirs.key),
  })
  expect(started.json).toBe(canary)
  theirRun = started.headers.get('x-run-id') ?? ''

  const revoked = await makeKey({ flows: ['theirs'] })
  await server.call('DELETE', `/api/keys/${revoked.id}`, { headers: operator })
  await server.call('PUT', '/api/flows/mine/public-access', {
    body: { mode: 'anonymous', origins: [], limits: { perMinute: 99, perSession: 99, perDay: 99 } },
    headers: { ...operator, 'if-match': '"0"' },
  })
  const visitor = await server.call('POST', '/api/flows/mine/visitors', { body: {} })
  Object.assign(intruders, {
    'a key of another flow': bearer((await makeKey({ flows: ['mine'] })).key),
    'a key for tools': bearer((await makeKey({ policies: ['mcp'], flows: ['mine'] })).key),
    'a key that was revoked': bearer(revoked.key),
    'a visitor of another flow': bearer(visitor.json.token),
  })
  const { paths } = (await server.call('GET', '/openapi.json')).json
  routes = Object.entries<Record<string, { 'x-caller': string }>>(paths).flatMap(
    ([path, methods]) =>
      Object.entries(methods)
        .filter(([, operation]) => operation['x-caller'] === 'client')
        .map(([method]) => ({ method: method.toUpperCase(), path })),
  )
})
afterAll(() => server.close())

/** What each route takes, so that nothing but the caller can be to blame. */
function bodyFor(path: string, flowId: string): unknown {
  if (path.endsWith('/feedback')) return { rating: 'up' }
  if (path === '/v1/chat/completions') {
    return { model: flowId, messages: [{ role: 'user', content: 'Hi' }] }
  }
  if (path.endsWith('/chat')) {
    return {
      id: 'theirs',
      messages: [{ id: 'm', role: 'user', parts: [{ type: 'text', text: 'Hi' }] }],
    }
  }
  return input
}

async function tryOn(
  { method, path }: (typeof routes)[number],
  { headers, flowId, runId }: { headers: Headers; flowId: string; runId: string },
) {
  const named = path
    .replace('/runs/{id}', `/runs/${runId}`)
    .replace(/\{id\}|\{model\}/, flowId)
    .replace('{chatId}', 'theirs')
  const body = method === 'POST' && !path.endsWith('/stop') ? bodyFor(path, flowId) : undefined
  const { head, body: text } = await askRaw(server.port, { method, path: named, body, headers })
  const status = Number(head[0]?.split(' ')[1])
  // Only what was named may differ between something that is there and something that is not.
  const said = text.replaceAll(/"requestId":"[^"]*"/g, '').replaceAll(flowId, 'F')
  return { route: `${method} ${path}`, status, said: said.replaceAll(runId, 'R') }
}

describe.each(Object.keys(intruders) as (keyof typeof intruders)[])('%s', (who) => {
  it('neither runs nor reads what is another’s, by any route', async () => {
    expect(routes.length).toBeGreaterThan(10)
    const headers = intruders[who]
    const hits: unknown[] = []
    for (const route of routes) {
      for (const flowId of ['theirs', 'draft']) {
        const answer = await tryOn(route, { headers, flowId, runId: theirRun })
        // A list may be asked for, and a chat in which nothing runs; neither tells anything.
        const isEmpty = answer.status === 204 || answer.route === 'GET /v1/models'
        const isRefused = [401, 403, 404].includes(answer.status) || isEmpty
        if (!isRefused || answer.said.includes(canary)) hits.push(answer)
      }
    }
    expect(hits).toEqual([])
  })

  it('cannot tell what is there from what is not', async () => {
    const headers = intruders[who]
    const told: unknown[] = []
    for (const route of routes) {
      const [there, draft, missing] = await Promise.all([
        tryOn(route, { headers, flowId: 'theirs', runId: theirRun }),
        tryOn(route, { headers, flowId: 'draft', runId: theirRun }),
        tryOn(route, { headers, flowId: 'nothing', runId: 'no-such-run' }),
      ])
      if (JSON.stringify(there) !== JSON.stringify(missing)) told.push([there, missing])
      if (JSON.stringify(draft) !== JSON.stringify(missing)) told.push([draft, missing])
    }
    expect(told).toEqual([])
  })
})

describe('a key of production', () => {
  it('runs no draft of its own flow, whatever environment it names', async () => {
    const headers = intruders['a key of another flow']
    for (const route of routes.filter(({ method }) => method === 'POST')) {
      if (route.path.includes('/runs/')) continue
      const path = route.path.replace('{id}', 'mine')
      const answer = await server.call('POST', `${path}?env=development`, {
        body: bodyFor(route.path, 'mine'),
        headers,
      })
      expect([path, answer.status]).toEqual([path, 404])
    }
  })

  it('takes over nothing of a run on the live socket, its own or another’s', async () => {
    const live = await openLiveClient(server.url, intruders['a key of another flow'])
    for (const part of [
      { again: { runId: theirRun, from: 'return' } },
      { pinned: { return: { outputs: {} } } },
      { until: 'trigger' },
    ]) {
      live.send({ type: 'start', ref: 'r', flowId: 'mine', input, view: 'client', ...part })
      expect(await live.frame('error')).toMatchObject({ error: { code: 'bad_request' } })
    }
    live.socket.terminate()
  })
})
