import { expect, it } from 'vitest'
import { startTestServer } from '../testing/test-server.ts'

it('answers 429 with Retry-After before a run starts that it has no room for, in every protocol', async () => {
  const server = await startTestServer({ MILLRACE_MAX_RUNS: '1' })
  const wait = {
    format: 'millrace/flow',
    version: 1,
    id: 'wait',
    name: 'wait',
    nodes: [
      { id: 'trigger', type: 'chat.trigger' },
      { id: 'wait', type: 'flow.wait', properties: { duration: 60 } },
    ],
    edges: [{ from: ['trigger', 'next'], to: 'wait' }],
  }
  await server.call('POST', '/api/flows', { body: wait })
  const input = { sessionId: 's', prompt: 'Hi', context: '' }
  const messages = [{ role: 'user', content: 'Hi' }]
  const calls = [
    ['/api/flows/wait/run', input],
    ['/api/flows/wait/stream', input],
    ['/api/flows/wait/submit', input],
    ['/v1/chat/completions', { model: 'wait', messages, stream: true }],
  ] as const
  await server.call('POST', '/api/flows/wait/submit', { body: input })
  for (const [path, body] of calls) {
    const { status, headers, json } = await server.call('POST', path, { body })
    expect([path, status, headers.get('retry-after')]).toEqual([path, 429, '1'])
    expect(json.error.message).toBe(
      '1 runs are running already, as many as this server takes. Try again when some have ended.',
    )
  }
  expect((await server.call('GET', '/api/runs?flow=wait')).json.runs).toHaveLength(1)
  const { text } = await server.call('GET', '/metrics')
  expect(text).toContain('millrace_limits_hit_total{code="rate_limited",limit="runs"} 4')
  await server.close()
})
