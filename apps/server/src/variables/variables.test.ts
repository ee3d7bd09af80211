import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Flow } from '@millrace/flow'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

let server: TestServer
/** What the address behind the connection heard last. */
let heard: { readonly url: string; readonly token: string | undefined } | undefined
const outside = createServer((request, response) => {
  const header = request.headers['x-token']
  heard = { url: request.url ?? '', token: typeof header === 'string' ? header : undefined }
  response.setHeader('content-type', 'application/json').end('"heard"')
})
beforeAll(async () => {
  server = await startTestServer()
  await new Promise<void>((resolve) => outside.listen(0, '127.0.0.1', resolve))
  const { port } = outside.address() as AddressInfo // of a socket of its own
  await server.call('POST', '/api/connections', {
    body: {
      id: 'parcels',
      kind: 'http',
      name: 'Parcels',
      fields: {
        baseUrl: `http://127.0.0.1:${port}/\${area}`,
        headerName: 'x-token',
        headerValue: '${token}',
      },
    },
  })
  const { status } = await server.call('POST', '/api/flows', { body: asking })
  expect(status).toBe(201)
})
afterAll(async () => {
  await server.close()
  outside.close()
})
afterEach(async () => {
  heard = undefined
  for (const name of ['area', 'token']) await server.call('DELETE', `/api/variables/${name}`)
})

const asking: Flow = {
  format: 'millrace/flow',
  version: 1,
  id: 'asking',
  name: 'Asking',
  nodes: [
    {
      id: 'ask',
      type: 'http.request',
      properties: { connection: 'parcels', url: 'parcels' },
    },
  ],
  edges: [],
}

const put = (name: string, body: object) => server.call('PUT', `/api/variables/${name}`, { body })
const run = (environment = 'development') =>
  server.call('POST', `/api/flows/asking/run?env=${environment}`)

async function giveValues(): Promise<void> {
  await put('area', { values: { development: 'draft', production: 'live' } })
  await put('token', {
    isSecret: true,
    values: { development: 'draft-token', production: 'live-token' },
  })
}

describe('a variable of the workspace', () => {
  it('has a value for each environment, and gives a secret one to nobody', async () => {
    await giveValues()
    const { json, text } = await server.call('GET', '/api/variables')
    expect(json.variables).toEqual([
      {
        name: 'area',
        isSecret: false,
        isLocked: false,
        values: { development: 'draft', production: 'live' },
      },
      {
        name: 'token',
        isSecret: true,
        isLocked: false,
        values: { development: { set: true }, production: { set: true } },
      },
    ])
    expect(text).not.toContain('live-token')
  })

  it('keeps what a change leaves out, and loses what it takes away', async () => {
    await giveValues()
    const { json } = await put('token', {
      isSecret: true,
      values: { development: null, test: 't' },
    })
    expect(json.values).toEqual({ test: { set: true }, production: { set: true } })
  })

  it('loses its values when it is secret no more, and keeps them when it becomes so', async () => {
    await giveValues()
    expect((await put('token', { isSecret: false })).json.values).toEqual({})
    const { json } = await put('area', { isSecret: true })
    expect(json.values).toEqual({ development: { set: true }, production: { set: true } })
  })

  it('has a name that can be written, and values that are text', async () => {
    expect((await put('no-name', {})).status).toBe(400)
    expect((await put('x', { values: { staging: 'x' } })).status).toBe(400)
    expect((await put('x', { values: { test: 7 } })).status).toBe(400)
    expect((await server.call('DELETE', '/api/variables/nothing')).status).toBe(404)
  })

  it('is locked when the server has another key', async () => {
    await giveValues()
    const own = await startTestServer({ MILLRACE_SECRET_KEY: 'the first key, long enough' })
    const secret = { isSecret: true, values: { test: 'x' } }
    await own.call('PUT', '/api/variables/token', { body: secret })
    await own.restart({ MILLRACE_SECRET_KEY: 'another key, long enough too' })
    const { json } = await own.call('GET', '/api/variables')
    expect(json.variables).toMatchObject([{ name: 'token', isLocked: true }])
    await own.close()
  })
})

describe('a connection with variables', () => {
  it('has in a run the values of the environment of the run', async () => {
    await giveValues()
    expect((await run()).status).toBe(200)
    expect(heard).toEqual({ url: '/draft/parcels', token: 'draft-token' })
    await server.call('POST', '/api/flows/asking/publish', { body: { environment: 'production' } })
    expect((await run('production')).status).toBe(200)
    expect(heard).toEqual({ url: '/live/parcels', token: 'live-token' })
  })

  it('has the new value as soon as it is changed', async () => {
    await giveValues()
    await run()
    await put('area', { values: { development: 'changed' } })
    await run()
    expect(heard?.url).toBe('/changed/parcels')
  })

  it('fails a run that has no value for one, and says which and where', async () => {
    await giveValues()
    await put('token', { isSecret: true, values: { development: null } })
    const { status, json } = await run()
    expect([status, json.error.code]).toEqual([422, 'variable_missing'])
    expect(json.error.message).toContain(
      'The connection "Parcels" uses the variable "token", which has no value in development. Give it one on the page Variables.',
    )
    expect(json.error.details).toMatchObject({ variable: 'token', environment: 'development' })
  })

  it('keeps a flow from being published where one has no value', async () => {
    await giveValues()
    const { status, json } = await server.call('POST', '/api/flows/asking/publish', {
      body: { environment: 'test' },
    })
    expect([status, json.error.code]).toEqual([422, 'flow_invalid'])
    expect(json.error.details.problems).toMatchObject([
      {
        code: 'variable_missing',
        nodeId: 'ask',
        property: 'connection',
        message: expect.stringContaining('has no value in test'),
      },
    ])
  })

  it('has a number of a variable where it takes one', async () => {
    const test = (port: unknown) =>
      server.call('POST', '/api/connections/test', {
        body: {
          kind: 'postgres',
          name: 'Orders',
          fields: { host: '127.0.0.1', port, database: 'o', user: 'o', tls: 'off' },
        },
      })
    await put('area', { values: { development: '1' } })
    expect((await test('${area}')).json.message).toContain('cannot be reached at 127.0.0.1:1')
    await put('area', { values: { development: 'first' } })
    const { status, json } = await test('${area}')
    expect([status, json.error.message]).toEqual([
      400,
      'The connection "Orders" takes a number as "Port", and the variable there gives "first" in development. Change it on the page Variables.',
    ])
    expect((await test('${area}1')).json.error.message).toBe(
      '"Port" must be a number, or one variable such as ${port}.',
    )
  })

  it('puts no secret value into a field that is shown', async () => {
    await giveValues()
    await put('area', { isSecret: true, values: { development: 'hidden-area' } })
    const { status, json, text } = await run()
    expect([status, json.error.code]).toEqual([400, 'bad_request'])
    expect(text).not.toContain('hidden-area')
  })
})
