import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { echoFlow } from '../testing/chat-flow.ts'
import { askRaw } from '../testing/raw-http.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

let server: TestServer
let routes: readonly { readonly method: string; readonly path: string }[]

beforeAll(async () => {
  server = await startTestServer()
  await server.call('POST', '/api/flows', { body: echoFlow('echo') })
  for (const [name, page] of [
    ['editor', 'index.html'],
    ['chat', 'index.html'],
    ['chat', 'embed.js'],
  ] as const) {
    mkdirSync(join(server.directory, name, 'assets'), { recursive: true })
    writeFileSync(join(server.directory, name, page), `The ${name}`)
  }
  const { paths } = (await server.call('GET', '/openapi.json')).json
  routes = Object.entries<object>(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => ({
      method: method.toUpperCase(),
      path: path.replaceAll(/\{\w+\}/g, 'echo'),
    })),
  )
})
afterAll(() => server.close())

const statusOf = ({ head }: { readonly head: readonly string[] }) => Number(head[0]?.split(' ')[1])

async function statuses(
  asked: typeof routes,
  headers: Record<string, string>,
): Promise<readonly string[]> {
  const found = []
  for (const { method, path } of asked) {
    const status = statusOf(await askRaw(server.port, { method, path, headers }))
    found.push(`${status} ${method} ${path}`)
  }
  return found
}

describe('a request of a page elsewhere', () => {
  it.each(['evil.example', 'localhost.evil.example', '127.0.0.1.nip.io', '0.0.0.0', '[::]', '0'])(
    'reaches no route by the name %s, which leads here',
    async (host) => {
      const reached = (await statuses(routes, { host })).filter((one) => !one.startsWith('403 '))
      expect(reached).toEqual([])
      for (const path of ['/', '/chat/echo', '/embed.js', '/nothing']) {
        expect(
          statusOf(await askRaw(server.port, { method: 'GET', path, headers: { host } })),
        ).toBe(403)
      }
    },
  )

  it.each(['https://evil.example', 'null', 'http://localhost.evil.example', 'http://[::2]'])(
    'changes nothing from the origin %s, by any route',
    async (origin) => {
      const changing = routes.filter(({ method }) => method !== 'GET')
      expect(changing.length).toBeGreaterThan(30)
      const done = await statuses(changing, { origin })
      // Visitors come from anywhere; the flow says from where, and this one is closed.
      expect(done.filter((one) => !one.startsWith('403 '))).toEqual([
        '404 POST /api/flows/echo/visitors',
      ])
    },
  )

  it('reads no answer: none says that another origin may', async () => {
    for (const { method, path } of routes.filter((route) => route.method === 'GET')) {
      const { head } = await askRaw(server.port, {
        method,
        path,
        headers: { origin: 'https://evil.example' },
      })
      const allowed = head.filter((line) => line.startsWith('access-control-'))
      expect([path, allowed]).toEqual([path, []])
      expect(head).toContain('cross-origin-resource-policy: same-origin')
    }
  })
})

describe('every answer', () => {
  it.each(['/', '/chat/echo', '/embed.js', '/api/health', '/api/nothing', '/assets/none.js'])(
    'lets a browser do nothing with it that it is not for: %s',
    async (path) => {
      const { headers } = await server.call('GET', path)
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('referrer-policy')).toBe('no-referrer')
      const policy = (headers.get('content-security-policy') ?? '').split(/; ?/)
      expect(policy).toContain("default-src 'none'")
      expect(policy).toContain("script-src 'self'")
      expect(policy).toContain("connect-src 'self'")
      expect(policy).toContain("base-uri 'none'")
      expect(policy).toContain("form-action 'none'")
      expect(policy).toContain("frame-ancestors 'none'")
    },
  )

  it('of the editor runs no script and loads no picture of elsewhere', async () => {
    const { headers } = await server.call('GET', '/')
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none';script-src 'self';style-src 'self' 'unsafe-inline';img-src 'self' data: blob:;font-src 'self';connect-src 'self';worker-src 'self';manifest-src 'self';base-uri 'none';form-action 'none';frame-ancestors 'none'",
    )
  })
})

describe('a path', () => {
  const secret = /SQLite format|root:|"workspaces"|^[A-Za-z0-9+/=]{40,}$/
  it.each([
    '/assets/../../millrace.db',
    '/assets/..%2f..%2fmillrace.db',
    '/assets/%2e%2e/%2e%2e/secret.key',
    '/assets/..%5c..%5csecret.key',
    '/assets/....//....//secret.key',
    '/assets/%252e%252e%252fsecret.key',
    '/assets//etc/passwd',
    '/assets/%00/../../secret.key',
    '/assets/..%c0%af..%c0%afsecret.key',
    '/assets/..;/..;/secret.key',
    '/../millrace.db',
    '/..%2fsecret.key',
    '/%2e%2e%2fsecret.key',
    '/.%2e/secret.key',
    '//secret.key',
    '/..\\secret.key',
    '/chat/..%2f..%2fsecret.key',
    '/chat/assets/..%2f..%2f..%2fsecret.key',
    '/chat/assets/../../../secret.key',
    '/embed.js/../../secret.key',
    '/schemas/..%2f..%2fpackage.json',
    '/api/flows/..%2f..%2fsecret.key/export',
    '/api/runs/..%2f..%2fsecret.key/export',
  ])('leads to no file beside those that are served: %s', async (path) => {
    const answer = await askRaw(server.port, { method: 'GET', path })
    expect(answer.body).not.toMatch(secret)
    expect([200, 400, 403, 404]).toContain(statusOf(answer))
    // What is no file is a page of the editor, or the chat's.
    if (statusOf(answer) === 200) expect(answer.body).toMatch(/^The (editor|chat)$/)
  })
})

describe('a header', () => {
  const names = ['x-session-id', 'idempotency-key', 'last-event-id', 'if-match', 'x-request-id']
  it.each(names)('is never written into an answer by what %s holds', async (name) => {
    for (const value of [
      'a\tset-cookie: x=1',
      'a%0d%0aset-cookie: x=1',
      'a\u0085set-cookie: x=1',
    ]) {
      const { head } = await askRaw(server.port, {
        method: 'POST',
        path: '/api/flows/echo/run',
        headers: { [name]: value },
        body: { sessionId: 's', prompt: 'x' },
      })
      expect(head.filter((line) => line.startsWith('set-cookie'))).toEqual([])
    }
  })

  it('of a request that says its length twice, or in two ways, is refused', async () => {
    for (const headers of [
      { 'content-length': '5', 'transfer-encoding': 'chunked' },
      { 'content-length': '5, 6' },
      { 'transfer-encoding': 'chunked, identity' },
    ]) {
      const answer = await askRaw(server.port, { method: 'POST', path: '/api/flows', headers })
      expect(statusOf(answer)).toBe(400)
    }
  })
})
