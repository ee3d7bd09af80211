import { afterEach, expect, it } from 'vitest'
import { echoFlow } from '../testing/chat-flow.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

const password = 'twelve chars at least'
const metricsToken = 'only-for-reading-metrics'

let server: TestServer
afterEach(() => server.close())

/** A server behind a proxy, which this test is, with a public chat of so many messages a minute. */
async function startBehindProxy(perMinute: number, environment = {}): Promise<void> {
  server = await startTestServer({
    MILLRACE_TRUSTED_PROXIES: '127.0.0.1',
    MILLRACE_OPERATOR_PASSWORD: password,
    MILLRACE_METRICS_TOKEN: metricsToken,
    ...environment,
  })
  const signedIn = await server.call('POST', '/api/session', { body: { password } })
  const headers = {
    cookie: signedIn.headers.get('set-cookie')?.split(';')[0] ?? '',
    'if-match': '"0"',
  }
  await server.call('POST', '/api/flows', { headers, body: echoFlow('echo') })
  const body = { environment: 'production' }
  await server.call('POST', '/api/flows/echo/publish', { headers, body })
  const access = {
    mode: 'anonymous',
    origins: [],
    limits: { perMinute, perSession: 9, perDay: 99 },
  }
  await server.call('PUT', '/api/flows/echo/public-access', { headers, body: access })
}

const arriveFrom = (address: string) =>
  server.call('POST', '/api/flows/echo/visitors', {
    body: {},
    headers: { 'x-forwarded-for': address },
  })

async function sayFrom(address: string, token: string): Promise<number> {
  const { status } = await server.call('POST', '/api/flows/echo/run', {
    body: { sessionId: 's1', prompt: 'Hi' },
    headers: { authorization: `Bearer ${token}`, 'x-forwarded-for': address },
  })
  return status
}

it('counts messages by the address that a trusted proxy names, of IPv6 by its network', async () => {
  await startBehindProxy(1)
  const { token } = (await arriveFrom('203.0.113.7')).json
  expect(await sayFrom('203.0.113.7', token)).toBe(200)
  expect(await sayFrom('203.0.113.7', token)).toBe(429)
  expect(await sayFrom('9.9.9.9, 203.0.113.7', token)).toBe(429)
  expect(await sayFrom('203.0.113.8', token)).toBe(200)
  expect(await sayFrom('2001:db9:1:2::1', token)).toBe(200)
  expect(await sayFrom('2001:db9:1:2:ffff::2', token)).toBe(429)
  expect(await sayFrom('2001:db9:1:3::1', token)).toBe(200)
})

it('lets in so many visitors a minute from one address, and says when it takes more', async () => {
  await startBehindProxy(9, { MILLRACE_MAX_VISITORS: '2' })
  const statuses = [await arriveFrom('2001:db9:1:2::1'), await arriveFrom('2001:db9:1:2::2')]
  expect(statuses.map(({ status }) => status)).toEqual([200, 200])
  const { status, json, headers } = await arriveFrom('2001:db9:1:2::3')
  const { code, retryable, details } = json.error
  const retryAfter = Number(headers.get('retry-after'))
  expect([status, code, retryable, details]).toEqual([
    429,
    'rate_limited',
    true,
    { limit: 'visitorsPerMinute', max: 2, retryAfter },
  ])
  expect((await arriveFrom('203.0.113.7')).status).toBe(200)
  const metrics = await server.call('GET', '/metrics', {
    headers: { authorization: `Bearer ${metricsToken}` },
  })
  expect(metrics.text).toContain(
    'millrace_limits_hit_total{code="rate_limited",limit="visitorsPerMinute"} 1',
  )
})

it('tries passwords as often a minute as the operator says', async () => {
  await startBehindProxy(9, { MILLRACE_MAX_SIGN_INS: '3' })
  const headers = { 'x-forwarded-for': '2001:db9:1:2::1' }
  const guess = () => server.call('POST', '/api/session', { body: { password: 'wrong' }, headers })
  expect([await guess(), await guess(), await guess()].map(({ status }) => status)).toEqual([
    401, 401, 401,
  ])
  const { status, json } = await guess()
  expect([status, json.error.details]).toEqual([
    429,
    expect.objectContaining({ limit: 'signInsPerMinute', max: 3 }),
  ])
})
