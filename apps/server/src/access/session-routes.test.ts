import { once } from 'node:events'
import { WebSocket } from 'ws'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { echoFlow } from '../testing/chat-flow.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

const password = 'twelve chars at least'

let server: TestServer
beforeEach(async () => {
  server = await startTestServer({ MILLRACE_OPERATOR_PASSWORD: password })
})
afterEach(() => server.close())

const signIn = (given: string, headers: Record<string, string> = {}) =>
  server.call('POST', '/api/session', { body: { password: given }, headers })

async function signedIn(): Promise<{ cookie: string }> {
  const { headers } = await signIn(password)
  return { cookie: headers.get('set-cookie')?.split(';')[0] ?? '' }
}

async function upgrade(headers: Record<string, string>): Promise<unknown> {
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/api/live`, { headers })
  socket.on('error', () => undefined)
  const opened = once(socket, 'open').then(() => 101)
  const refused = once(socket, 'unexpected-response').then(([, { statusCode }]) => statusCode)
  const status: unknown = await Promise.race([opened, refused])
  socket.terminate()
  return status
}

const list = (headers: Record<string, string> = {}) => server.call('GET', '/api/flows', { headers })

describe('a server with a password', () => {
  it('is closed to whoever is not signed in, save for what is for anyone', async () => {
    const refused = await list()
    expect([refused.status, refused.json.error.code]).toEqual([401, 'unauthorized'])
    const run = await server.call('POST', '/api/flows/example-rag-chat/run', { body: {} })
    expect([run.status, run.json.error.code]).toEqual([401, 'unauthorized'])
    expect((await server.call('GET', '/api/health')).status).toBe(200)
    expect((await server.call('GET', '/api/session')).json).toEqual({
      isSignedIn: false,
      hasPassword: true,
    })
    const page = await fetch(server.url)
    expect(page.headers.get('set-cookie')).toBeNull()
  })

  it('lets the operator in by a cookie that no script reads and no other site sends', async () => {
    const { status, json, headers } = await signIn(password)
    expect([status, json]).toEqual([200, { isSignedIn: true, hasPassword: true }])
    const cookie = headers.get('set-cookie') ?? ''
    expect(cookie).toMatch(
      /^millrace-session-\d+=[\w-]{43}; Max-Age=604800; Path=\/; HttpOnly; SameSite=Strict$/,
    )
    expect((await list({ cookie: cookie.split(';')[0] ?? '' })).status).toBe(200)
  })

  it('says Secure where the browser speaks TLS with a proxy', async () => {
    await server.restart({ MILLRACE_PUBLIC_HOSTS: 'flows.example' })
    const { headers } = await signIn(password, { origin: 'https://flows.example' })
    expect(headers.get('set-cookie')).toMatch(/; Secure$/)
  })

  it('counts attempts by the address that a trusted proxy names, and believes nobody else', async () => {
    const guess = (address: string) => signIn('wrong', { 'x-forwarded-for': address })
    for (const address of Array.from({ length: 10 }, (_, at) => `198.51.100.${at}`)) {
      expect((await guess(address)).status).toBe(401)
    }
    expect((await guess('198.51.100.99')).status).toBe(429)

    await server.restart({ MILLRACE_TRUSTED_PROXIES: '127.0.0.1' })
    for (const _ of Array(10).keys()) expect((await guess('198.51.100.1')).status).toBe(401)
    expect((await guess('198.51.100.1')).status).toBe(429)
    expect((await guess('1.1.1.1, 198.51.100.1')).status).toBe(429)
    expect((await guess('198.51.100.2')).status).toBe(401)
    const { headers } = await signIn(password, {
      'x-forwarded-for': '198.51.100.2',
      'x-forwarded-proto': 'https',
    })
    expect(headers.get('set-cookie')).toMatch(/; Secure$/)
  })

  it('answers behind a trusted proxy to the name that a browser asked the proxy for', async () => {
    const proxied = { 'x-forwarded-for': '198.51.100.1', 'x-forwarded-host': 'flows.example' }
    const environment = { MILLRACE_TRUSTED_PROXIES: '127.0.0.1' }
    await server.restart(environment)
    expect((await server.call('GET', '/api/health', { headers: proxied })).status).toBe(403)
    await server.restart({ ...environment, MILLRACE_PUBLIC_HOSTS: 'flows.example' })
    expect((await server.call('GET', '/api/health', { headers: proxied })).status).toBe(200)
    const page = { ...proxied, origin: 'https://flows.example' }
    expect((await signIn(password, page)).status).toBe(200)
    const rebound = { ...proxied, 'x-forwarded-host': 'evil.example' }
    expect((await server.call('GET', '/api/health', { headers: rebound })).status).toBe(403)
  })

  it('stays open to a signed-in browser over a restart, not with another password', async () => {
    const session = await signedIn()
    const { port } = server
    await server.restart({ MILLRACE_PORT: String(port) })
    expect((await list(session)).status).toBe(200)
    await server.restart({
      MILLRACE_PORT: String(port),
      MILLRACE_OPERATOR_PASSWORD: 'another password',
    })
    expect((await list(session)).status).toBe(401)
  })

  it('forgets who signs out', async () => {
    const session = await signedIn()
    const out = await server.call('DELETE', '/api/session', { headers: session })
    expect([out.status, out.headers.get('set-cookie')]).toEqual([
      204,
      expect.stringContaining('Max-Age=0'),
    ])
    expect((await list(session)).status).toBe(401)
  })

  it('refuses another password, and after ten attempts to listen for a while', async () => {
    for (const given of ['', `${password}!`, 'x'.repeat(21), ...Array(7).fill('wrong')]) {
      const { status, json } = await signIn(given)
      expect([status, json.error.code]).toEqual([401, 'unauthorized'])
    }
    const { status, json, headers } = await signIn(password)
    expect([status, json.error.code]).toEqual([429, 'rate_limited'])
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
  })

  it('is not signed in to, nor changed, by pages of other sites', async () => {
    const foreign = { origin: 'https://evil.example' }
    expect((await signIn(password, foreign)).status).toBe(403)
    const body = echoFlow('planted')
    const headers = { ...(await signedIn()), ...foreign }
    expect((await server.call('POST', '/api/flows', { body, headers })).status).toBe(403)
  })

  it('is not used by pages of other ports of this machine, which browsers send the cookie of', async () => {
    const session = await signedIn()
    const stranger = { ...session, origin: 'http://localhost:3000' }
    const { status, json } = await server.call('POST', '/api/flows', {
      body: echoFlow('planted'),
      headers: stranger,
    })
    expect([status, json.error.code]).toEqual([401, 'unauthorized'])
    expect(await upgrade(stranger)).toBe(401)
    expect(await upgrade({ ...session, origin: server.url })).toBe(101)
  })

  it('opens the live socket to the operator and to keys, and to nobody else', async () => {
    const session = await signedIn()
    const { json } = await server.call('POST', '/api/keys', {
      body: { name: 'Key', policies: ['execute'] },
      headers: session,
    })
    expect(await upgrade(session)).toBe(101)
    expect(await upgrade({ authorization: `Bearer ${json.key}` })).toBe(101)
    expect(await upgrade({})).toBe(401)
    expect(await upgrade({ cookie: `${session.cookie}x` })).toBe(401)
  })
})

describe('a server without a password', () => {
  it('says that everybody is signed in, and takes none', async () => {
    const open = await startTestServer()
    try {
      expect((await open.call('GET', '/api/session')).json).toEqual({
        isSignedIn: true,
        hasPassword: false,
      })
      const { status } = await open.call('POST', '/api/session', { body: { password } })
      expect(status).toBe(409)
      expect((await open.call('DELETE', '/api/session')).status).toBe(204)
    } finally {
      await open.close()
    }
  })
})
