import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

let server: TestServer
/** What a program that designs sends along. */
let program: { readonly authorization: string }
beforeAll(async () => {
  server = await startTestServer()
  const { json } = await server.call('POST', '/api/keys', {
    body: { name: 'CI', policies: ['configure'] },
  })
  program = { authorization: `Bearer ${json.key}` }
  const connections = {
    parcels: {
      kind: 'http',
      fields: { baseUrl: 'https://${host}/v1', token: '${token}' },
    },
    orders: { kind: 'postgres', fields: { connectionString: 'postgres://o:${pw}@${host}/o' } },
  }
  for (const [id, connection] of Object.entries(connections)) {
    const body = { id, name: id, ...connection }
    expect((await server.call('POST', '/api/connections', { body })).status).toBe(201)
  }
})
afterAll(() => server.close())
afterEach(() => server.call('DELETE', '/api/connections/mine'))

const host = { values: { production: 'elsewhere.example' } }

describe('a variable that connections hold', () => {
  it('is listed with them, and with whether it decides where their secrets go', async () => {
    const { json } = await server.call('GET', '/api/variable-uses')
    const uses = (id: string, guidesSecrets: boolean) => ({ id, name: id, guidesSecrets })
    expect(json.variables).toEqual([
      { name: 'pw', connections: [uses('orders', true)] },
      { name: 'host', connections: [uses('orders', true), uses('parcels', true)] },
      { name: 'token', connections: [uses('parcels', false)] },
    ])
  })

  it('is changed by the operator alone where it decides where secrets go', async () => {
    for (const method of ['PUT', 'DELETE']) {
      const body = method === 'PUT' ? host : undefined
      const refused = await server.call(method, '/api/variables/host', { body, headers: program })
      expect([refused.status, refused.json.error]).toEqual([
        403,
        expect.objectContaining({
          code: 'forbidden',
          message:
            'The variable "host" decides where the connection "orders" sends its secrets, so no API key may change it. Sign in to the editor and change it on the page Variables.',
        }),
      ])
    }
    expect((await server.call('PUT', '/api/variables/host', { body: host })).status).toBe(200)
  })

  it('is changed by programs that design where it decides no such thing', async () => {
    const body = { isSecret: true, values: { production: 'fresh' } }
    const options = { body, headers: program }
    expect((await server.call('PUT', '/api/variables/token', options)).status).toBe(200)
  })
})

describe('the value of a secret variable', () => {
  const mine = (token: string) => ({
    kind: 'http',
    name: 'Mine',
    fields: { baseUrl: 'https://evil.example', token },
  })
  const create = (token: string) =>
    server.call('POST', '/api/connections', {
      body: { id: 'mine', ...mine(token) },
      headers: program,
    })

  it('is taken by no program to an address of its choice', async () => {
    expect((await create('my own')).status).toBe(201)
    const refusals = [
      await create('Bearer ${token}'),
      await server.call('PUT', '/api/connections/parcels', {
        body: mine('${token}'),
        headers: { ...program, 'if-match': '"1"' },
      }),
      await server.call('POST', '/api/connections/test', {
        body: mine('${token}'),
        headers: program,
      }),
    ]
    for (const { status, json } of refusals) {
      expect([status, json.error]).toEqual([
        403,
        expect.objectContaining({
          path: 'fields.token',
          message: expect.stringContaining('No API key may put a variable into the secret "token"'),
        }),
      ])
    }
  })
})
