import { Secret, type Connection } from '@millrace/engine'
import { describe, expect, it } from 'vitest'
import { says, startApi, type ApiRequest, type ApiScript } from '../testing/api-server.server.ts'
import { apiServices, askApi } from '../testing/ask-api.server.ts'
import { testHttp } from '../test-http.server.ts'

const secret = (text: string) => new Secret(text)
const bearer = { token: secret('t0ken') }
const client = {
  clientId: 'client id',
  clientSecret: secret('s3cret:/'),
  scope: 'read write',
}

/** A server of tokens `token-1`, `token-2` … at `/token`, and else an API that takes some of them. */
function tokenApi(options: {
  takes?: (token: string) => boolean
  answer?: (number: number) => Readonly<Record<string, unknown>>
  script?: ApiScript
}) {
  const { takes = () => true, answer = () => ({}) } = options
  let number = 0
  return startApi((response, request) => {
    if (request.path !== '/token') {
      const token = (request.headers.authorization ?? '').replace('Bearer ', '')
      response.writeHead(takes(token) ? 200 : 401).end()
      return
    }
    if (options.script !== undefined) {
      options.script(response, request)
      return
    }
    number += 1
    const token = { access_token: `token-${number}`, token_type: 'bearer', ...answer(number) }
    response.end(JSON.stringify(token))
  })
}

const authorizations = (requests: readonly ApiRequest[], path = '/') =>
  requests.filter((request) => request.path === path).map(({ headers }) => headers.authorization)

describe('a credential', () => {
  it.each<[string, object, object]>([
    ['nothing', {}, {}],
    ['a bearer token', bearer, { authorization: 'Bearer t0ken' }],
    [
      'user and password',
      { user: 'müller', password: secret('a:b') },
      { authorization: `Basic ${Buffer.from('müller:a:b').toString('base64')}` },
    ],
    ['a header', { headerName: 'X-Api-Key', headerValue: secret('k3y') }, { 'x-api-key': 'k3y' }],
  ])('[H7] is %s, as the connection is filled in', async (_, fields, headers) => {
    await using api = await startApi(says(''))
    await askApi({}, { connection: { baseUrl: api.url, ...fields } })
    expect(api.requests[0]?.headers).toMatchObject(headers)
    if (Object.keys(fields).length === 0) {
      expect(api.requests[0]?.headers).not.toHaveProperty('authorization')
    }
  })

  it('[H7] takes the place of a header that the node writes', async () => {
    await using api = await startApi(says(''))
    const headers = [{ name: 'Authorization', value: 'Basic other' }]
    await askApi({ headers }, { connection: { baseUrl: api.url, ...bearer } })
    expect(api.requests[0]?.headers.authorization).toBe('Bearer t0ken')
  })

  it('[H7] is not sent to another origin, which is logged', async () => {
    await using other = await startApi(says(''))
    const { events } = await askApi(
      { url: `${other.url}/x` },
      { connection: { baseUrl: 'http://127.0.0.1:9', ...bearer } },
    )
    expect(other.requests[0]?.headers).not.toHaveProperty('authorization')
    expect(events).toContainEqual(
      expect.objectContaining({
        type: 'node-log',
        level: 'warning',
        message: `The URL leads to "127.0.0.1:${other.port}", which is not where "API" is: its credential is not sent.`,
      }),
    )
  })

  it('[H7] stays where it belongs when the request is redirected, and secret headers with it', async () => {
    await using other = await startApi((response, { path }) => {
      response.writeHead(path === '/away' ? 302 : 200, { location: `${api.url}/back` }).end()
    })
    await using api = await startApi((response, { path }) => {
      if (path === '/') response.writeHead(302, { location: '/near' })
      if (path === '/near') response.writeHead(302, { location: `${other.url}/away` })
      response.end()
    })
    const headers = [
      { name: 'x-api-key', value: 'k3y' },
      { name: 'x-plain', value: 'plain' },
    ]
    await askApi({ headers }, { connection: { baseUrl: api.url, ...bearer } })
    const seen = (requests: readonly ApiRequest[]) =>
      requests.map(({ path, headers: got }) => [
        path,
        got.authorization,
        got['x-api-key'],
        got['x-plain'],
      ])
    expect(seen(api.requests)).toEqual([
      ['/', 'Bearer t0ken', 'k3y', 'plain'],
      ['/near', 'Bearer t0ken', 'k3y', 'plain'],
      ['/back', undefined, undefined, 'plain'],
    ])
    expect(seen(other.requests)).toEqual([['/away', undefined, undefined, 'plain']])
  })

  it('[H3] [H10] is not sent when no header can carry it, and is not told', async () => {
    await using api = await startApi(says(''))
    const connection = { baseUrl: api.url, token: secret('t0ken\r\nx: y') }
    const { error, events } = await askApi({}, { connection })
    expect(error).toMatchObject({ code: 'provider_unauthorized', property: 'connection' })
    expect(JSON.stringify(events)).not.toContain('t0ken')
    expect(api.requests).toEqual([])
  })
})

describe('an OAuth 2 token', () => {
  it('[H9] is fetched by client credentials, and sent', async () => {
    await using api = await tokenApi({})
    const { error } = await askApi(
      {},
      { connection: { baseUrl: api.url, tokenUrl: `${api.url}/token`, ...client } },
    )
    expect(error).toBeUndefined()
    const [fetching, asking] = api.requests
    expect(fetching).toMatchObject({
      method: 'POST',
      path: '/token',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        authorization: `Basic ${Buffer.from('client%20id:s3cret%3A%2F').toString('base64')}`,
      },
    })
    expect(fetching?.body.toString()).toBe('grant_type=client_credentials&scope=read+write')
    expect(asking?.headers.authorization).toBe('Bearer token-1')
  })

  it('[H9] is fetched once for all who want it at one time, and kept', async () => {
    await using api = await tokenApi({})
    const services = apiServices({
      connection: { baseUrl: api.url, tokenUrl: `${api.url}/token`, ...client },
    })
    const ask = () => askApi({ connection: 'api' }, { services })
    await Promise.all([ask(), ask(), ask()])
    await ask()
    expect(authorizations(api.requests)).toEqual(Array.from({ length: 4 }, () => 'Bearer token-1'))
    expect(authorizations(api.requests, '/token')).toHaveLength(1)
  })

  it('[H9] is fetched anew when it has run out', async () => {
    await using api = await tokenApi({ answer: () => ({ expires_in: 100 }) })
    let now = 0
    const services = {
      ...apiServices({
        connection: { baseUrl: api.url, tokenUrl: `${api.url}/token`, ...client },
      }),
      now: () => now,
    }
    const ask = () => askApi({ connection: 'api' }, { services })
    await ask()
    now = 69_999
    await ask()
    now = 70_000
    await ask()
    expect(authorizations(api.requests)).toEqual([
      'Bearer token-1',
      'Bearer token-1',
      'Bearer token-2',
    ])
  })

  it('[H9] is fetched anew once when the API refuses it', async () => {
    await using api = await tokenApi({ takes: (token) => token === 'token-2' })
    const services = apiServices({
      connection: { baseUrl: api.url, tokenUrl: `${api.url}/token`, ...client },
    })
    const { response, calls } = await askApi({ connection: 'api' }, { services })
    expect(response?.status).toBe(200)
    expect(calls.map(({ attempt, status }) => [attempt, status])).toEqual([
      [1, 401],
      [2, 200],
    ])
  })

  it('[H9] is not fetched again and again for an API that refuses all', async () => {
    await using api = await tokenApi({ takes: () => false })
    const { block, response } = await askApi(
      {},
      { connection: { baseUrl: api.url, tokenUrl: `${api.url}/token`, ...client } },
    )
    expect({ block, status: response?.status }).toEqual({ block: 'nonSuccess', status: 401 })
    expect(authorizations(api.requests, '/token')).toHaveLength(2)
  })

  it.each<[string, ApiScript, object]>([
    [
      'refuses the client',
      says('{"error":"invalid_client","error_description":"s3cret"}', { status: 401 }),
      { code: 'provider_unauthorized', message: expect.stringContaining('(invalid_client)') },
    ],
    ['fails', says('oops s3cret', { status: 500 }), { code: 'provider_failed', retryable: true }],
    ['says something else', says('<html>s3cret'), { code: 'provider_failed' }],
    [
      'gives what no header can carry',
      says('{"access_token":"a\\r\\nb"}'),
      { code: 'provider_failed' },
    ],
    [
      'leads elsewhere',
      says('', { status: 302, location: 'http://127.0.0.1:9/' }),
      { code: 'provider_failed' },
    ],
  ])(
    '[H9] [H10] is missing when its server %s: an error without secrets',
    async (_, script, shape) => {
      await using api = await tokenApi({ script })
      const { error, events } = await askApi(
        {},
        { connection: { baseUrl: api.url, tokenUrl: `${api.url}/token`, ...client } },
      )
      expect(error).toMatchObject({ ...shape, nodeId: 'ask', property: 'connection' })
      expect(JSON.stringify(events)).not.toContain('s3cret')
    },
  )

  it('[H12] is fetched only from where it may be', async () => {
    await using api = await tokenApi({})
    await using inner = await tokenApi({})
    const { error } = await askApi(
      {},
      {
        connection: { baseUrl: api.url, tokenUrl: `${inner.url}/token`, ...client },
        mayConnect: ({ port }) => port === api.port,
      },
    )
    expect(error).toMatchObject({ code: 'address_refused', property: 'connection' })
    expect(inner.requests).toEqual([])
  })

  it('[H4] [H9] holds up no run that is stopped while it is fetched', async () => {
    const stopping = new AbortController()
    await using api = await tokenApi({ script: () => stopping.abort() })
    const { outcome } = await askApi(
      {},
      {
        connection: { baseUrl: api.url, tokenUrl: `${api.url}/token`, ...client },
        signal: stopping.signal,
      },
    )
    expect(outcome).toBe('cancelled')
  })
})

describe('the test of a connection', () => {
  const connection = (fields: Connection['fields']): Connection => ({
    id: 'api',
    kind: 'http',
    name: 'API',
    fields,
  })
  const tested = async (script: ApiScript, fields: Connection['fields'] = {}) => {
    await using api = await startApi(script)
    return await testHttp(connection({ baseUrl: api.url, ...fields }), apiServices())
  }

  it('works when something answers, and warns when there is nothing at the base URL itself', async () => {
    expect(await tested(says('hello'))).toMatchObject({
      ok: true,
      details: { summary: 'It answers', findings: [{ label: 'Status', value: '200' }] },
    })
    expect(await tested(says('', { status: 404 }))).toMatchObject({
      ok: true,
      details: { warning: expect.stringContaining('status 404') as string },
    })
  })

  it('fails when the credential is refused', async () => {
    expect(await tested(says('', { status: 401 }), bearer)).toMatchObject({
      ok: false,
      message: '"API" refused the credential (status 401). Check how it signs in.',
      details: { summary: 'The credential was refused', code: 'provider_unauthorized' },
    })
  })

  it('fails for what is no web address, and where nothing listens', async () => {
    const test = (baseUrl: string) => testHttp(connection({ baseUrl }), apiServices())
    expect(await test('nowhere')).toMatchObject({
      ok: false,
      details: { summary: 'The base URL is no web address' },
    })
    expect(await test('http://127.0.0.1:9')).toMatchObject({
      ok: false,
      details: { summary: 'It cannot be reached' },
    })
  })
})
