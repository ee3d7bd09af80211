import { WebSocket } from 'ws'
import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { askRaw } from '../testing/raw-http.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import type { Caller } from './caller.ts'

type Who = 'nobody' | 'wrong key' | 'execute' | 'mcp' | 'configure' | 'operator'

/** What callers get of routes, on a server with a password. */
const expected: Readonly<Record<Caller, Readonly<Record<Who, 'in' | 401 | 403>>>> = {
  anyone: {
    nobody: 'in',
    'wrong key': 'in',
    execute: 'in',
    mcp: 'in',
    configure: 'in',
    operator: 'in',
  },
  client: {
    nobody: 401,
    'wrong key': 401,
    execute: 'in',
    mcp: 403,
    configure: 'in',
    operator: 'in',
  },
  mcp: {
    nobody: 401,
    'wrong key': 401,
    execute: 403,
    mcp: 'in',
    configure: 403,
    operator: 'in',
  },
  operator: {
    nobody: 401,
    'wrong key': 401,
    execute: 403,
    mcp: 403,
    configure: 'in',
    operator: 'in',
  },
  metrics: {
    nobody: 401,
    'wrong key': 401,
    execute: 403,
    mcp: 403,
    configure: 'in',
    operator: 'in',
  },
  operatorInPerson: {
    nobody: 401,
    'wrong key': 401,
    execute: 403,
    mcp: 403,
    configure: 403,
    operator: 'in',
  },
}

let server: TestServer
/** What each sends along. */
const headersOf: Record<Who, Record<string, string>> = {
  nobody: {},
  'wrong key': { authorization: `Bearer mr_0123456789ab_${'x'.repeat(32)}` },
  execute: {},
  mcp: {},
  configure: {},
  operator: {},
}
let table: readonly { method: string; path: string; caller: Caller }[]

beforeAll(async () => {
  const password = 'twelve chars at least'
  server = await startTestServer({ MILLRACE_OPERATOR_PASSWORD: password })
  const signedIn = await server.call('POST', '/api/session', { body: { password } })
  const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? ''
  headersOf.operator = { cookie }
  for (const policy of ['execute', 'mcp', 'configure'] as const) {
    const body = { name: policy, policies: [policy] }
    const { json } = await server.call('POST', '/api/keys', { body, headers: { cookie } })
    headersOf[policy] = { authorization: `Bearer ${json.key}` }
  }
  const { paths } = (await server.call('GET', '/openapi.json')).json
  const routes = Object.entries<Record<string, { 'x-caller': Caller }>>(paths).flatMap(
    ([path, methods]) =>
      Object.entries(methods).map(([method, { 'x-caller': caller }]) => ({
        method: method.toUpperCase(),
        path,
        caller,
      })),
  )
  // The last of them signs out.
  const signsOut = ({ path }: { readonly path: string }) => path === '/api/session'
  table = [...routes.filter((route) => !signsOut(route)), ...routes.filter(signsOut)]
})
afterAll(() => server.close())

/** Names nothing that is there, so a call that is let in changes nothing. */
function call(who: Who, { method, path }: { method: string; path: string }) {
  return askRaw(server.port, {
    method,
    path: path.replaceAll(/\{\w+\}/g, 'nothing'),
    headers: headersOf[who],
  })
}

describe('the live socket', () => {
  const upgrade = async (who: Who): Promise<number> => {
    const url = `${server.url.replace('http', 'ws')}/api/live`
    const socket = new WebSocket(url, { headers: headersOf[who] })
    try {
      const outcome = await Promise.race([
        once(socket, 'open').then(() => 101),
        once(socket, 'unexpected-response').then(([, answer]) => Number(answer.statusCode)),
      ])
      return outcome
    } finally {
      socket.on('error', () => undefined)
      socket.terminate()
    }
  }

  it.each(Object.entries(expected.client))('answers an upgrade of %s: %s', async (who, outcome) => {
    expect(await upgrade(who as Who)).toBe(outcome === 'in' ? 101 : outcome)
  })
})

describe('every route of the table', () => {
  it('says who may call it', () => {
    expect(table.length).toBeGreaterThan(50)
    expect(table.filter(({ caller }) => !(caller in expected))).toEqual([])
  })

  it.each(Object.keys(expected.client) as Who[])('lets in, of %s, who may call it', async (who) => {
    const surprises: unknown[] = []
    for (const route of table) {
      const { head, body } = await call(who, route)
      const status = Number(head[0]?.split(' ')[1])
      const got = status === 401 || status === 403 ? status : 'in'
      if (got !== expected[route.caller][who]) surprises.push({ ...route, status, body })
      if (got === 401 && !route.path.startsWith('/v1')) {
        expect(JSON.parse(body).error.code).toBe('unauthorized')
      }
    }
    expect(surprises).toEqual([])
  })
})
