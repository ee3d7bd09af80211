import { describe, expect, it } from 'vitest'
import { says, startApi, type ApiScript } from '../testing/api-server.server.ts'
import { apiServices, askApi } from '../testing/ask-api.server.ts'

/** What an API gets. */
async function sent(properties: object, { path = '' }: { path?: string } = {}) {
  await using api = await startApi(says(''))
  const { error } = await askApi({ url: `${api.url}${path}`, ...properties })
  const [request] = api.requests
  return { error, ...request, text: request?.body.toString() }
}

describe('what is sent', () => {
  it('[H16] names the trace of its run, unless the flow names one', async () => {
    await using api = await startApi(says(''))
    const traceHeaders = (runId: string) => ({
      traceparent: `00-of-${runId}`,
      tracestate: `of=${runId}`,
    })
    const services = { ...apiServices(), traceHeaders }
    const own = [{ name: 'Traceparent', value: '00-own' }]
    await askApi({ url: api.url }, { services })
    await askApi({ url: api.url, headers: own }, { services })
    await askApi({ url: api.url })
    const sentHeaders = api.requests.map(({ headers }) => [
      headers['traceparent'],
      headers['tracestate'],
    ])
    expect(sentHeaders).toEqual([
      ['00-of-run-1', 'of=run-1'],
      ['00-own', undefined],
      [undefined, undefined],
    ])
  })

  it('[H1] encodes query parameters, one for each item of a list and none for null', async () => {
    const queryParameters = [
      { name: 'q', value: 'a&b=c ä' },
      { name: 'id', value: [1, 2] },
      { name: 'none', value: null },
    ]
    const { path } = await sent({ queryParameters }, { path: '/find?first=1' })
    expect(path).toBe('/find?first=1&q=a%26b%3Dc+%C3%A4&id=1&id=2')
  })

  it.each([
    ['', '/v1'],
    ['orders', '/v1/orders'],
    ['/orders/17?full=1', '/v1/orders/17?full=1'],
    ['//evil.example/x', '/v1/evil.example/x'],
    ['\\\\evil.example', '/v1///evil.example'],
    ['a/../b', '/v1/b'],
    ['@evil.example/', '/v1/@evil.example/'],
    ['javascript:alert(1)', '/v1/javascript:alert(1)'],
    ['group%2Fproject', '/v1/group%2Fproject'],
    ['100%', '/v1/100%'],
  ])('[H1] puts %j behind the base URL', async (url, path) => {
    await using api = await startApi(says(''))
    const { error } = await askApi({ url }, { connection: { baseUrl: `${api.url}/v1` } })
    expect({ error, path: api.requests[0]?.path }).toEqual({ error: undefined, path })
  })

  it.each([
    ['', '/'],
    ['orders/a%2Fb', '/orders/a%2Fb'],
    ['../orders', '/orders'],
  ])('[H1] puts %j behind a base URL without a path', async (url, path) => {
    await using api = await startApi(says(''))
    const { error } = await askApi({ url }, { connection: { baseUrl: api.url } })
    expect({ error, path: api.requests[0]?.path }).toEqual({ error: undefined, path })
  })

  it.each([
    '../admin',
    'a/../../admin',
    '%2e%2e/admin',
    '..\\admin',
    '/../v10/x',
    '..%2fadmin',
    'a/%2e%2e%2F..%5cadmin',
  ])('[H1] does not leave the base URL by %s', async (url) => {
    await using api = await startApi(says(''))
    const { error } = await askApi({ url }, { connection: { baseUrl: `${api.url}/v1/` } })
    expect(error).toMatchObject({ code: 'input_invalid', nodeId: 'ask', property: 'url' })
    expect(api.requests).toEqual([])
  })

  it('[H1] keeps the query of the base URL beside its own', async () => {
    await using api = await startApi(says(''))
    const connection = { baseUrl: `${api.url}/v1?version=2` }
    await askApi({ url: 'orders?full=1' }, { connection })
    expect(api.requests[0]?.path).toBe('/v1/orders?version=2&full=1')
  })

  it.each([
    'ftp://127.0.0.1/x',
    'file:///etc/passwd',
    'data:text/plain,x',
    'no address',
    '/orders',
    '',
    'http://',
  ])('[H2] sends nothing to %j', async (url) => {
    expect((await askApi({ url })).error).toMatchObject({ code: 'input_invalid', property: 'url' })
  })

  it('[H2] refuses a URL with a password, without telling it', async () => {
    const { error } = await askApi({ url: 'http://admin:s3cret@127.0.0.1/' })
    expect(error).toMatchObject({ code: 'input_invalid', property: 'url' })
    expect(error?.message).not.toContain('s3cret')
  })

  it.each([
    ['x-a', 'one\r\nx-b: two'],
    ['x-a', 'one\ntwo'],
    ['x-a', 'one\u0000'],
    ['x-a', 'snow ☃'],
    ['x a', 'one'],
    ['x-a:', 'one'],
    ['x-a\r\nx-b', 'one'],
    ['Host', 'evil.example'],
    ['Content-Length', '3'],
    ['Transfer-Encoding', 'chunked'],
    ['Connection', 'close'],
  ])('[H3] sends no header %j: %j', async (name, value) => {
    const { error, path } = await sent({ headers: [{ name, value }] })
    expect(error).toMatchObject({ code: 'input_invalid', nodeId: 'ask', property: 'headers' })
    expect(path).toBeUndefined()
  })

  it('[H3] sends headers as they are written, but for those without a value', async () => {
    const { headers } = await sent({
      headers: [
        { name: 'X-One', value: 'ä 1' },
        { name: 'x-none', value: null },
        { name: 'Accept', value: 'text/csv' },
      ],
    })
    expect(headers).toMatchObject({ 'x-one': 'ä 1', accept: 'text/csv', 'user-agent': 'Millrace' })
    expect(headers).not.toHaveProperty('x-none')
  })

  it.each([
    ['json', { a: 'ä"' }, 'application/json', '{"a":"ä\\""}'],
    ['json', '{"a":1}', 'application/json', '"{\\"a\\":1}"'],
    ['json', null, 'application/json', 'null'],
    ['text', 'ä', 'text/plain; charset=utf-8', 'ä'],
    [
      'form',
      { a: 'b&c', list: [1, 2], none: null },
      'application/x-www-form-urlencoded',
      'a=b%26c&list=1&list=2',
    ],
    ['bytes', 'AAEC', 'application/octet-stream', '\u0000\u0001\u0002'],
  ])('[H11] writes a body as %s', async (bodyType, body, type, text) => {
    const request = await sent({ method: 'POST', bodyType, body })
    expect(request.text).toBe(text)
    expect(request.headers?.['content-type']).toBe(type)
    expect(request.headers?.['content-length']).toBe(String(Buffer.byteLength(text)))
  })

  it('[H11] leaves the content type to a header, and sends no body without a type', async () => {
    const headers = [{ name: 'Content-Type', value: 'application/merge-patch+json' }]
    const patch = await sent({ method: 'PATCH', bodyType: 'json', body: {}, headers })
    expect(patch.headers?.['content-type']).toBe('application/merge-patch+json')
    const bare = await sent({ method: 'DELETE', body: 'left over' })
    expect({ text: bare.text, type: bare.headers?.['content-type'] }).toEqual({
      text: '',
      type: undefined,
    })
  })

  it.each([
    ['form', 'text'],
    ['bytes', 'no base64!'],
    ['bytes', 3],
  ])('[H11] refuses a body as %s that is %j', async (bodyType, body) => {
    const { error } = await sent({ method: 'POST', bodyType, body })
    expect(error).toMatchObject({ code: 'input_invalid', nodeId: 'ask', property: 'body' })
  })
})

describe('redirects', () => {
  /** Redirects `/` with this status, and answers elsewhere. */
  const from =
    (status: number, location: string): ApiScript =>
    (response, { path }) => {
      if (path === '/') response.writeHead(status, { location })
      response.end(path)
    }

  it.each([
    [301, 'POST', 'GET'],
    [302, 'POST', 'GET'],
    [303, 'POST', 'GET'],
    [303, 'PUT', 'GET'],
    [303, 'HEAD', 'HEAD'],
    [301, 'PUT', 'PUT'],
    [307, 'POST', 'POST'],
    [308, 'PUT', 'PUT'],
  ])('[H6] after %s makes of a %s a %s', async (status, method, then) => {
    await using api = await startApi(from(status, '/there'))
    const { calls } = await askApi({ url: api.url, method, bodyType: 'text', body: 'body' })
    expect(api.requests.map((request) => [request.method, request.path])).toEqual([
      [method, '/'],
      [then, '/there'],
    ])
    const isKept = method === then && method !== 'HEAD'
    if (method !== 'HEAD') {
      expect(api.requests[1]?.body.toString()).toBe(isKept ? 'body' : '')
      expect(api.requests[1]?.headers['content-type'] !== undefined).toBe(isKept)
    }
    expect(calls).toMatchObject([
      { kind: 'request', attempt: 1, method, status },
      { kind: 'request', attempt: 2, method: then, status: 200 },
    ])
  })

  it('[H6] ends after so many, and follows none when told so', async () => {
    await using api = await startApi((response, { path }) => {
      response.writeHead(302, { location: `${path}x` }).end()
    })
    const { error } = await askApi({ url: api.url, maximumRedirects: 3 })
    expect(error).toMatchObject({
      code: 'limit_exceeded',
      property: 'maximumRedirects',
      details: { limit: 'redirects', max: 3 },
    })
    expect(api.requests).toHaveLength(4)
    const { response } = await askApi({ url: api.url, maximumRedirects: 0 })
    expect(response).toMatchObject({ status: 302, headers: { location: '/x' } })
  })

  it.each(['ftp://127.0.0.1/', 'file:///etc/passwd', 'http://['])(
    '[H6] takes one to %s for an answer',
    async (location) => {
      await using api = await startApi(from(302, location))
      const { block, response } = await askApi({ url: api.url })
      expect({ block, status: response?.status }).toEqual({ block: 'nonSuccess', status: 302 })
    },
  )

  it('[H2] takes no password over from where it is sent', async () => {
    await using api = await startApi((response, { path }) => {
      if (path === '/') response.writeHead(302, { location: `http://u:p@127.0.0.1:${api.port}/x` })
      response.end()
    })
    await askApi({ url: api.url })
    expect(api.requests[1]?.headers).not.toHaveProperty('authorization')
  })
})

describe('addresses', () => {
  it('[H12] checks the address at each redirect', async () => {
    await using inner = await startApi(says('inside'))
    await using outer = await startApi(says('', { status: 302, location: inner.url }))
    const { error } = await askApi(
      { url: outer.url },
      { mayConnect: ({ port }) => port === outer.port },
    )
    expect(error).toMatchObject({
      code: 'address_refused',
      nodeId: 'ask',
      property: 'url',
      details: { host: '127.0.0.1', port: inner.port },
    })
    expect(inner.requests).toEqual([])
  })

  it('[H12] checks what a name resolves to, and not the name', async () => {
    await using api = await startApi(says('inside'))
    const asked: string[] = []
    const { error } = await askApi(
      { url: `http://localhost:${api.port}` },
      {
        mayConnect({ address }) {
          asked.push(address)
          return false
        },
      },
    )
    expect(error?.code).toBe('address_refused')
    expect(asked.every((address) => address === '127.0.0.1' || address === '::1')).toBe(true)
    expect(asked).toContain('127.0.0.1')
  })

  it('[H12] asks again for each connection: an answer that changes gains nothing', async () => {
    await using api = await startApi(says('', { connection: 'close' }))
    let count = 0
    const services = apiServices({ mayConnect: () => (count += 1) === 1 })
    expect((await askApi({ url: api.url }, { services })).response?.status).toBe(200)
    expect((await askApi({ url: api.url }, { services })).error?.code).toBe('address_refused')
    expect(api.requests).toHaveLength(1)
  })

  it.each(['2130706433', '0x7f.1', '127.1', '[::ffff:127.0.0.1]', '[::1]', '0.0.0.0', '[::]'])(
    '[H12] knows the address in %s',
    async (host) => {
      const asked: string[] = []
      const { error } = await askApi(
        { url: `http://${host}:9/` },
        {
          mayConnect({ address }) {
            asked.push(address)
            return false
          },
        },
      )
      expect(error?.code).toBe('address_refused')
      expect(asked).toHaveLength(1)
      expect(asked[0]).toMatch(/^(?:127\.0\.0\.1|0\.0\.0\.0|::1|::|::ffff:7f00:1)$/)
    },
  )

  it('[H12] reaches an API by IPv6', async () => {
    await using api = await startApi(says('six', { 'content-type': 'text/plain' }), '::1')
    expect((await askApi({ url: api.url })).response?.body).toBe('six')
  })
})

describe('traces', () => {
  const secrets = {
    headers: [
      { name: 'Authorization', value: 'Bearer s3cret' },
      { name: 'x-api-key', value: 's3cret' },
      { name: 'x-plain', value: 'plain' },
    ],
    queryParameters: [
      { name: 'api_key', value: 's3cret' },
      { name: 'page', value: 2 },
    ],
  }

  it('[H10] shows what was asked, without secrets', async () => {
    await using api = await startApi(says(''))
    const { events, calls } = await askApi({ url: `${api.url}/x`, ...secrets })
    expect(api.requests[0]?.headers).toMatchObject({ authorization: 'Bearer s3cret' })
    expect(api.requests[0]?.path).toBe('/x?api_key=s3cret&page=2')
    expect(calls[0]).toMatchObject({
      method: 'GET',
      status: 200,
      request: {
        url: `${api.url}/x?api_key=%5Bsecret%5D&page=2`,
        headers: { authorization: '[secret]', 'x-api-key': '[secret]', 'x-plain': 'plain' },
      },
    })
    expect(JSON.stringify(events)).not.toContain('s3cret')
  })

  it('[H10] shows method, status and times alone at trace summary', async () => {
    await using api = await startApi(says('', { status: 418 }))
    const { calls } = await askApi({ url: api.url, ...secrets }, { trace: 'summary' })
    expect(calls).toEqual([
      {
        seq: expect.any(Number) as number,
        at: 0,
        type: 'node-call',
        visit: 1,
        kind: 'request',
        attempt: 1,
        method: 'GET',
        status: 418,
        startedAt: 0,
        firstByteMs: expect.any(Number) as number,
        ms: expect.any(Number) as number,
      },
    ])
  })
})
