import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import { errorAnswers, startFakeModelServer, textAnswer } from '@millrace/e2e/fake-model-server'
import { Secret, type Connection } from '@millrace/engine'
import type { RunEvent } from '@millrace/flow'
import { describe, expect, it } from 'vitest'
import { runFlowTest } from './run-flow-test.ts'
import { testOfRun } from './test-of-run.ts'
import { chatFlow, flowOf, modelAt, recorded, secretKey, tested } from './testing/recorded-chat.ts'

/** An API on a real socket. */
async function startApi(answer: (response: ServerResponse, headers: IncomingHttpHeaders) => void) {
  const server = createServer((incoming, response) => {
    incoming.resume().on('end', () => answer(response, incoming.headers))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo // a TCP server's address is never a text
  return {
    url: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

function requestFlow(request: Readonly<Record<string, string | number>>) {
  return flowOf(
    [
      { id: 'trigger', type: 'chat.trigger' },
      { id: 'ask', type: 'http.request', properties: { method: 'POST', ...request } },
      { id: 'end', type: 'flow.return', properties: { value: { $ref: 'response.body' } } },
    ],
    ['trigger.next > ask', 'ask.continue > end'],
  )
}

describe('a recording', () => {
  it('[T7] holds no key of a connection, also where the provider tells it back', async () => {
    await using provider = await startFakeModelServer({ apiKey: 'another' })
    const run = await recorded(chatFlow(), [modelAt(provider.url)])
    const test = testOfRun('refused', run)
    expect(provider.requests[0]?.headers.authorization).toBe(`Bearer ${secretKey}`)
    expect(JSON.stringify(test)).not.toContain(secretKey)
    expect(JSON.stringify(test)).toContain('Incorrect API key provided: [secret].')
    expect(test.expect).toMatchObject({ error: { code: 'provider_unauthorized' } })
    expect(await runFlowTest(tested(chatFlow()), test)).toMatchObject({ passed: true })
  })

  it('[T7] holds no key that streams in pieces', async () => {
    const [begin, rest] = [secretKey.slice(0, 9), secretKey.slice(9)]
    await using split = await startApi((response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write(`: My key is ${begin}`, () => response.end(`${rest}\n\ndata: [DONE]\n\n`))
    })
    const run = await recorded(chatFlow(), [modelAt(split.url)])
    const text = JSON.stringify(run.recording.recordings)
    expect(text).toContain(': My key is [secret]')
    expect(text).not.toContain(rest)
  })

  it('[T7] holds nothing that signs in, in queries, forms and answers', async () => {
    await using api = await startApi((response) => {
      response.setHeader('set-cookie', 'session=c00kie')
      response.setHeader('x-auth-token', 'h3ader')
      response.setHeader('x-kind', 'kept')
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify({ access_token: 'b0dy', expires_in: 3600 }))
    })
    const flow = requestFlow({
      url: `${api.url}/token?api_key=qu3ry&page=2&sig=s1gned`,
      bodyType: 'text',
      body: 'grant_type=client_credentials&client_secret=f0rm',
    })
    const { recordings } = (await recorded(flow, [])).recording
    expect(JSON.stringify(recordings)).not.toMatch(/c00kie|h3ader|b0dy|qu3ry|s1gned|f0rm/)
    expect(recordings['ask']?.[0]).toMatchObject({
      request: {
        path: '/token?api_key=[secret]&page=2&sig=[secret]',
        body: 'grant_type=client_credentials&client_secret=[secret]',
      },
      headers: { 'x-kind': 'kept' },
    })
  })

  it.each([undefined, 'text/plain'])('[T7] holds no token in JSON of the type %s', async (type) => {
    await using api = await startApi((response) => {
      if (type !== undefined) response.setHeader('content-type', type)
      response.end('{"access_token":"b0dy"}')
    })
    const { recordings } = (await recorded(requestFlow({ url: api.url }), [])).recording
    expect(recordings['ask']?.[0]?.pieces).toEqual([
      [expect.any(Number), '{"access_token":"[secret]"}'],
    ])
  })

  it('[T7] holds no credential that an API tells back', async () => {
    await using api = await startApi((response, { authorization }) => {
      response.setHeader('content-type', 'application/json')
      const cookie = { Cookie: 'session=c00kie' }
      response.end(
        JSON.stringify({ seen: authorization, headers: { ...cookie, Authorization: 'b4sic' } }),
      )
    })
    const connection: Connection = {
      id: 'api',
      kind: 'http',
      name: 'API',
      fields: { baseUrl: api.url, user: 'me', password: new Secret('pässword') },
    }
    const run = await recorded(requestFlow({ connection: 'api' }), [connection])
    const test = testOfRun('echo', run)
    expect(test.expect.result).toEqual({
      seen: 'Basic [secret]',
      headers: { Cookie: '[secret]', Authorization: '[secret]' },
    })
    expect(JSON.stringify(test)).not.toMatch(/c00kie|b4sic|bWU6/)
  })

  it('[T7] holds no secret of an HTTP connection, and is replayed without one', async () => {
    await using api = await startApi((response) => {
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify({ hello: 'you' }))
    })
    const connection: Connection = {
      id: 'api',
      kind: 'http',
      name: 'API',
      fields: { baseUrl: `${api.url}/v1`, token: new Secret('b3arer-token') },
    }
    const flow = requestFlow({ connection: 'api', url: '/orders?note=b3arer-token' })
    const test = testOfRun('orders', await recorded(flow, [connection]))
    expect(JSON.stringify(test)).not.toContain('b3arer')
    expect(test.expect).toEqual({ outcome: 'completed', result: { hello: 'you' } })
  })
})

describe('a recording of an answer that was packed', () => {
  const secrets = JSON.stringify({ access_token: 'b0dy', key: 'b3arer-token', hello: 'you' })
  const pack = { gzip: gzipSync, br: brotliCompressSync, deflate: deflateSync }
  const connectionTo = (url: string): Connection => ({
    id: 'api',
    kind: 'http',
    name: 'API',
    fields: { baseUrl: url, token: new Secret('b3arer-token') },
  })

  it.each(['gzip', 'br', 'deflate', 'gzip, br'])('[T1] [T7] is unpacked: %s', async (encoding) => {
    await using api = await startApi((response) => {
      response.setHeader('content-type', 'application/json')
      response.setHeader('content-encoding', encoding)
      const names = encoding.split(', ') as (keyof typeof pack)[] // as above
      response.end(names.reduce((body, name) => pack[name](body), Buffer.from(secrets)))
    })
    const flow = requestFlow({ connection: 'api', url: '/token' })
    const test = testOfRun('packed', await recorded(flow, [connectionTo(api.url)]))
    const body = { access_token: '[secret]', key: '[secret]', hello: 'you' }
    expect(test.recordings?.['ask']).toEqual([
      {
        request: { method: 'POST', path: '/token' },
        status: 200,
        headers: { 'content-type': 'application/json' },
        pieces: [[expect.any(Number), JSON.stringify(body)]],
      },
    ])
    const { passed, actual } = await runFlowTest(tested(flow), test)
    expect({ passed, result: actual.result }).toEqual({ passed: true, result: body })
  })

  it.each([
    ['breaks off', gzipSync(secrets).subarray(0, -8), { 'content-encoding': 'gzip' }],
    ['cannot be unpacked', Buffer.from(secrets), { 'content-encoding': 'gzip' }],
    ['is packed in another way', Buffer.from(secrets), { 'content-encoding': 'zstd' }],
  ])('[T1] [T7] fails as it did where it %s', async (_, packed, headers) => {
    await using api = await startApi((response) => {
      response.writeHead(200, { 'content-type': 'application/json', ...headers })
      response.end(packed)
    })
    const flow = requestFlow({ connection: 'api', url: '/token' })
    const test = testOfRun('broken', await recorded(flow, [connectionTo(api.url)]))
    expect(JSON.stringify(test)).not.toMatch(/b0dy|b3arer/)
    expect(test.expect.error).toBeDefined()
    expect(await runFlowTest(tested(flow), test)).toMatchObject({ passed: true })
  })
})

describe('a test of a run', () => {
  it('[T11] is not made of one that was stopped', async () => {
    await using provider = await startFakeModelServer()
    const run = await recorded(chatFlow(), [modelAt(provider.url)])
    const events = run.events.slice(0, -1)
    expect(() => testOfRun('stopped', { ...run, events })).toThrow(
      'The run did not end by itself. Run the flow again, to its end.',
    )
  })

  it('[T11] is not made of one whose database failed', async () => {
    const flow = flowOf(
      [
        { id: 'trigger', type: 'chat.trigger' },
        {
          id: 'rows',
          type: 'postgres.getRows',
          title: 'Read rows',
          properties: {
            connection: 'docs',
            sqlExpressionAndParameters: { statement: 'SELECT 1', parameters: [] },
            resultVariable: 'rows',
          },
        },
      ],
      ['trigger.next > rows'],
    )
    const run = await recorded(flow, [])
    expect(() => testOfRun('failed', run)).toThrow(
      '"Read rows" failed in this run, which a test cannot give as its outputs. Make a test of a run in which it works.',
    )
  })

  it('[T11] is not made of one that passed on what another flow yielded', async () => {
    const flow = flowOf([{ id: 'call', type: 'flow.runFlow', title: 'Ask the other' }], [])
    const common = { at: 0, visit: 1 }
    const events: readonly RunEvent[] = [
      { seq: 1, at: 0, type: 'run-start', runId: 'r', flowId: 'f', document: '', trace: 'full' },
      { ...common, seq: 2, type: 'node-start', nodeId: 'call' },
      { ...common, seq: 3, type: 'run-yield', value: 'Hi' },
      { ...common, seq: 4, type: 'node-call', kind: 'flow', attempt: 1 },
      { ...common, seq: 5, type: 'node-end' },
      { seq: 6, at: 0, type: 'run-end', outcome: 'completed' },
    ]
    const { recording } = await recorded(chatFlow(), [])
    expect(() => testOfRun('passed on', { ...tested(flow), recording, events })).toThrow(
      '"Ask the other" passes on what another flow yields, which a test of this flow cannot give.',
    )
  })

  it('[T3] [T7] records each attempt of a call that was tried again', async () => {
    const answers = [errorAnswers.serverError(), textAnswer('Hi')]
    await using provider = await startFakeModelServer({ models: { 'gpt-4o-mini': answers } })
    const run = await recorded(chatFlow(), [modelAt(provider.url)])
    const test = testOfRun('again', run)
    expect(test.recordings?.['chat']?.map(({ status }) => status)).toEqual([500, 200])
    expect(await runFlowTest(tested(chatFlow()), test)).toMatchObject({ passed: true })
  })
})
