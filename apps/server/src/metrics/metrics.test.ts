import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { echoFlow } from '../testing/chat-flow.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { valuesFlow } from '../testing/values-flow.ts'

const token = 'only-for-reading-metrics'
const password = 'twelve chars at least'

let server: TestServer
let cookie: string
beforeAll(async () => {
  server = await startTestServer({
    MILLRACE_OPERATOR_PASSWORD: password,
    MILLRACE_METRICS_TOKEN: token,
  })
  const { headers } = await server.call('POST', '/api/session', { body: { password } })
  cookie = headers.get('set-cookie')?.split(';')[0] ?? ''
})
afterAll(() => server.close())

const asOperator = (method: string, path: string, body?: unknown) =>
  server.call(method, path, { ...(body === undefined ? {} : { body }), headers: { cookie } })

const scrape = (authorization: string) =>
  server.call('GET', '/metrics', { headers: { authorization } })

/** Of the metrics, those lines that begin so. */
async function lines(...starts: readonly string[]): Promise<readonly string[]> {
  const { text } = await scrape(`Bearer ${token}`)
  return text.split('\n').filter((line) => starts.some((start) => line.startsWith(start)))
}

describe('the metrics', () => {
  it('are for who has the token, which opens nothing else, and for the operator', async () => {
    const { status, headers } = await scrape(`Bearer ${token}`)
    expect([status, headers.get('content-type')]).toEqual([
      200,
      'text/plain; version=0.0.4; charset=utf-8',
    ])
    expect((await asOperator('GET', '/metrics')).status).toBe(200)
    expect((await server.call('GET', '/metrics')).status).toBe(401)
    expect((await scrape('Bearer only-for-reading-metric5')).status).toBe(401)
    const headersOfToken = { authorization: `Bearer ${token}` }
    const other = await server.call('GET', '/api/flows', { headers: headersOfToken })
    expect(other.status).toBe(401)
  })

  it('count runs by how they were started and ended, and time their first values', async () => {
    await asOperator('POST', '/api/flows', valuesFlow('values', ['a', 'b']))
    await asOperator('POST', '/api/flows', echoFlow('echo'))
    const input = { sessionId: 's', prompt: 'Hi', context: '' }
    await asOperator('POST', '/api/flows/values/stream?env=development', input)
    await asOperator('POST', '/api/flows/echo/run?env=development', input)
    expect(await lines('millrace_runs_', 'millrace_first_value_seconds_count')).toEqual([
      'millrace_runs_started_total{origin="client",kind="streaming",environment="development"} 1',
      'millrace_runs_started_total{origin="client",kind="short",environment="development"} 1',
      'millrace_runs_ended_total{outcome="completed"} 2',
      'millrace_first_value_seconds_count 1',
    ])
    expect(await lines('millrace_active_runs', 'millrace_live_sockets')).toEqual([
      'millrace_active_runs 0',
      'millrace_live_sockets 0',
    ])
  })

  it('tell the limits of the server, and which were hit', async () => {
    const body = `"${'x'.repeat(1024 * 1024)}"`
    expect((await asOperator('POST', '/api/session', body)).status).toBe(413)
    expect(await lines('millrace_limit')).toEqual([
      'millrace_limits_hit_total{code="limit_exceeded",limit="body"} 1',
      'millrace_limit{limit="runs"} 5000',
      'millrace_limit{limit="backgroundRuns"} 1000',
      'millrace_limit{limit="shortRunSeconds"} 300',
      'millrace_limit{limit="backgroundRunSeconds"} 28800',
      'millrace_limit{limit="steps"} 50000',
      'millrace_limit{limit="yielded"} 67108864',
      'millrace_limit{limit="resultRows"} 10000',
      'millrace_limit{limit="resultBytes"} 8388608',
      'millrace_limit{limit="waitingFunctions"} 1000',
      'millrace_limit{limit="followedRuns"} 100',
      'millrace_limit{limit="bodyBytes"} 1048576',
      'millrace_limit{limit="flowBytes"} 5242880',
      'millrace_limit{limit="frameBytes"} 6291456',
      'millrace_limit{limit="jsonDepth"} 64',
      'millrace_limit{limit="signInsPerMinute"} 10',
      'millrace_limit{limit="visitorsPerMinute"} 60',
      'millrace_limit{limit="keptRuns"} 10000',
      'millrace_limit{limit="keptDays"} 30',
      'millrace_limit{limit="keptMegabytes"} 4096',
      'millrace_limit{limit="keptRevisions"} 1000',
      'millrace_limit{limit="keptRevisionMegabytes"} 64',
    ])
  })

  it('tell how the process and its files do', async () => {
    const told = await lines(
      'nodejs_eventloop_lag_p99_seconds ',
      'millrace_store_bytes',
      'process_',
    )
    expect(told).toContainEqual(expect.stringMatching(/^nodejs_eventloop_lag_p99_seconds \d/))
    expect(told).toContainEqual(
      expect.stringMatching(/^millrace_store_bytes\{file="runs.db"\} \d+/),
    )
  })
})
