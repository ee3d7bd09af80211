import { WebSocket } from 'ws'
import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { askRaw } from '../testing/raw-http.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import type { Caller } from './caller.ts'

type Who = 'nobody' | 'wrong key' | 'execute' | 'mcp' | 'configure'

/** What each caller of a route gets on a server that has keys, where anybody else is the operator. */
const expected: Readonly<Record<Caller, Readonly<Record<Who, 'in' | 401 | 403>>>> = {
  anyone: { nobody: 'in', 'wrong key': 'in', execute: 'in', mcp: 'in', configure: 'in' },
  client: { nobody: 401, 'wrong key': 401, execute: 'in', mcp: 403, configure: 'in' },
  mcp: { nobody: 401, 'wrong key': 401, execute: 403, mcp: 'in', configure: 403 },
  operator: { nobody: 'in', 'wrong key': 401, execute: 403, mcp: 403, configure: 'in' },
  operatorInPerson: { nobody: 'in', 'wrong key': 401, execute: 403, mcp: 403, configure: 403 },
}

let server: TestServer
const keys: Record<Who, string | undefined> = {
  nobody: undefined,
  'wrong key': `mr_0123456789ab_${'x'.repeat(32)}`,
  execute: '',
  mcp: '',
  configure: '',
}
let table: readonly { method: string; path: string; caller: Caller }[]

beforeAll(async () => {
  server = await startTestServer()
  for (const policy of ['execute', 'mcp', 'configure'] as const) {
    const body = { name: policy, policies: [policy] }
    keys[policy] = (await server.call('POST', '/api/keys', { body })).json.key
  }
  const { paths } = (await server.call('GET', '/openapi.json')).json
  table = Object.entries<Record<string, { 'x-caller': Caller }>>(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { 'x-caller': caller }]) => ({
      method: method.toUpperCase(),
      path,
      caller,
    })),
  )
})
afterAll(() => server.close())

/** Names nothing that is there, so a call that is let in changes nothing. */
function call(who: Who, { method, path }: { method: string; path: string }) {
  const key = keys[who]
  return askRaw(server.port, {
    method,
    path: path.replaceAll(/\{\w+\}/g, 'nothing'),
    headers: key === undefined ? {} : { authorization: `Bearer ${key}` },
  })
}

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

describe('the live socket', () => {
  const upgrade = async (who: Who): Promise<number> => {
    const socket = new WebSocket(`${server.url.replace('http', 'ws')}/api/live`, {
      headers: keys[who] === undefined ? {} : { 'x-api-key': keys[who] },
    })
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
