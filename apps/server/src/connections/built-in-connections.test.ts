import { expect, it } from 'vitest'
import { startTestServer } from '../testing/test-server.ts'

it('are reached by a server that others reach too, and nothing else of its machine is', async () => {
  const password = 'twelve chars at least'
  const server = await startTestServer({
    MILLRACE_HOST: '0.0.0.0',
    MILLRACE_PUBLIC_HOSTS: '0.0.0.0',
    MILLRACE_OPERATOR_PASSWORD: password,
  })
  try {
    const signedIn = await server.call('POST', '/api/session', { body: { password } })
    const headers = { cookie: signedIn.headers.get('set-cookie')?.split(';')[0] ?? '' }
    const demo = await server.call('POST', '/api/connections/demo/test', { headers })
    expect(demo.json).toMatchObject({ ok: true })
    const own = await server.call('POST', '/api/connections/test', {
      body: { kind: 'openai', name: 'Own', fields: { baseUrl: `http://127.0.0.1:${server.port}` } },
      headers,
    })
    expect(own.json.details).toMatchObject({ code: 'address_refused' })
  } finally {
    await server.close()
  }
})
