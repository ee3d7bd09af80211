import { expect, it } from 'vitest'
import { chatFlow } from '../testing/chat-flow.ts'
import { startTestServer } from '../testing/test-server.ts'

it('lets runs of a server that others reach ask its own demo model, and nothing else of the machine', async () => {
  const password = 'twelve chars at least'
  const server = await startTestServer({
    MILLRACE_OPERATOR_PASSWORD: password,
    MILLRACE_TRUSTED_PROXIES: '10.0.0.1',
  })
  const { headers } = await server.call('POST', '/api/session', { body: { password } })
  const cookie = headers.get('set-cookie')?.split(';')[0] ?? ''
  const call = (path: string, body: unknown) =>
    server.call('POST', path, { body, headers: { cookie } })
  const demo = { chat: { connection: 'demo', modelId: 'demo' } }
  await call('/api/flows', chatFlow('talk', demo))
  const input = { sessionId: 's', prompt: 'How does streaming work?', context: '' }
  const streamed = await call('/api/flows/talk/stream?env=development', input)
  expect(streamed.text).toContain('event: end')

  const fields = { baseUrl: `http://127.0.0.1:${server.port}/v1`, apiKey: 'x' }
  await call('/api/connections', { id: 'here', kind: 'openai', name: 'Here', fields })
  await call('/api/flows', chatFlow('here', { chat: { connection: 'here' } }))
  const refused = await call('/api/flows/here/stream?env=development', input)
  expect(refused.text).toContain('address_refused')
  await server.close()
})
