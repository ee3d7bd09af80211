import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { initializeAccept, initializeRequest } from '../testing/initialize-request.ts'
import { connectMcp } from '../testing/mcp-client.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { returning, toolFlow, yielding } from '../testing/tool-flow.ts'

// The Model Context Protocol, by the official client as it comes from npm.

const wait = { type: 'flow.wait', properties: { duration: 10, unit: 'minutes' } }

let server: TestServer
const opened: { close(): Promise<void> }[] = []
beforeAll(async () => {
  server = await startTestServer()
  const flows = [
    toolFlow('orders', [returning({ $ref: 'triggerData' })]),
    toolFlow('tells', [
      yielding({ type: 'status', text: 'Looking' }),
      yielding('One, '),
      yielding({ content: 'two.' }),
    ]),
    toolFlow('throws', [{ type: 'flow.throw', properties: { message: 'No such order.' } }]),
    toolFlow('waits', [yielding('At once'), wait]),
    toolFlow('left', [wait], { settings: { onDisconnect: 'cancel' } }),
    toolFlow('broken', [returning({ $ref: 'nothing' })]),
    { ...toolFlow('no-tool', []), nodes: [{ id: 'node0', type: 'flow.trigger' }] },
  ]
  for (const body of flows) {
    expect((await server.call('POST', '/api/flows', { body })).status).toBe(201)
  }
})
afterEach(() => Promise.all(opened.splice(0).map((client) => client.close())))
afterAll(() => server.close())

async function connect(key?: string, query?: string) {
  const connected = await connectMcp(server, { key, query })
  opened.push(connected.client)
  return connected
}

/** The runs of a flow, the latest first. */
async function runsOf(flowId: string) {
  return (await server.call('GET', `/api/runs?flow=${flowId}`)).json.runs
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds()));
}

describe('the tools of a server', () => {
  it('are the flows with an MCP tool trigger that can run', async () => {
    const { client } = await connect()
    const { tools } = await client.listTools()
    expect(tools.map(({ name }) => name)).toEqual(['left', 'orders', 'tells', 'throws', 'waits'])
    expect(tools.find(({ name }) => name === 'orders')).toEqual({
      name: 'orders',
      title: 'The orders',
      description: 'Finds orders.',
      inputSchema: {
        type: 'object',
        properties: {
          customer: { type: 'string', description: 'Its number' },
          most: { type: 'number' },
        },
        required: ['customer'],
      },
      outputSchema: {
        type: 'object',
        properties: { customer: { type: 'string' }, most: { type: ['number', 'null'] } },
        required: ['customer'],
      },
      annotations: { title: 'The orders', readOnlyHint: true, destructiveHint: false },
    })
  })

  it('answer with what the flow returns, or else yields', async () => {
    const { client } = await connect()
    const returned = await client.callTool({ name: 'orders', arguments: { customer: 'C-1' } })
    expect(returned.content).toEqual([{ type: 'text', text: '{"customer":"C-1","most":null}' }])
    expect(returned.structuredContent).toEqual({ customer: 'C-1', most: null })
    const [run] = await runsOf('orders')
    expect(returned._meta).toEqual({ 'millrace/runId': run.id })
    expect(run).toMatchObject({ state: 'completed', origin: 'client' })
    const yielded = await client.callTool({ name: 'tells', arguments: { customer: 'C-1' } })
    expect(yielded.content).toEqual([{ type: 'text', text: 'One, two.' }])
    expect(yielded).not.toHaveProperty('structuredContent')
  })

  it('tell how they get on', async () => {
    const { client } = await connect()
    const told: unknown[] = []
    await client.callTool({ name: 'tells', arguments: { customer: 'C-1' } }, undefined, {
      onprogress: (progress) => told.push(progress),
    })
    expect(told).toContainEqual(expect.objectContaining({ message: 'Looking' }))
    expect(told.at(-1)).toMatchObject({ progress: 3 })
  })

  it('answer with what went wrong, so that a model can do better', async () => {
    const { client } = await connect()
    const thrown = await client.callTool({ name: 'throws', arguments: { customer: 'C-1' } })
    expect(thrown).toMatchObject({
      isError: true,
      content: [{ type: 'text', text: expect.stringContaining('No such order.') }],
    })
    const wrong = await client.callTool({ name: 'orders', arguments: { most: 'many' } })
    expect(wrong).toMatchObject({
      isError: true,
      content: [
        {
          text: expect.stringMatching(/"customer" is missing.*"most" must be .*\(input_invalid\)$/),
        },
      ],
    })
  })

  it.each(['nothing', 'no-tool', 'broken'])('do not include "%s"', async (name) => {
    const { client } = await connect()
    await expect(client.callTool({ name, arguments: {} })).rejects.toMatchObject({
      code: -32_602,
      message: expect.stringMatching(/[Tt]here is no/),
    })
  })
})

describe('a call that is not waited for', () => {
  it('stops its run when it is taken back', async () => {
    const { client } = await connect()
    const abort = new AbortController()
    const call = client.callTool({ name: 'waits', arguments: { customer: '1' } }, undefined, {
      signal: abort.signal,
      onprogress: () => abort.abort('enough'),
    })
    await expect(call).rejects.toThrow('enough')
    await until(async () => (await runsOf('waits'))[0].state === 'cancelled')
  })

  it('stops its run when its session is ended', async () => {
    const { client, transport } = await connect()
    const before = (await runsOf('waits')).length
    const call = client
      .callTool({ name: 'waits', arguments: { customer: '1' } }, undefined, {
        onprogress: () => void transport.terminateSession(),
      })
      .catch(() => undefined)
    await until(async () => {
      const runs = await runsOf('waits')
      return runs.length > before && runs[0].state === 'cancelled'
    })
    await client.close()
    await call
  })

  it('leaves its run to the settings of the flow when its client is gone', async () => {
    const { client } = await connect()
    const call = client.callTool({ name: 'left', arguments: { customer: '1' } })
    const rejected = expect(call).rejects.toThrow('Connection closed')
    await until(async () => (await runsOf('left')).length === 1)
    await client.close()
    await rejected
    await until(async () => (await runsOf('left'))[0].state === 'cancelled')
  })
})

describe('a session', () => {
  const post = (body: unknown, headers = {}) =>
    server.call('POST', '/mcp', { body, headers: { accept: initializeAccept, ...headers } })

  it('is begun by the first request, and is not known once it is ended', async () => {
    const begun = await post(initializeRequest)
    expect(begun.status).toBe(200)
    const session = { 'mcp-session-id': begun.headers.get('mcp-session-id') ?? '' }
    const list = { jsonrpc: '2.0', id: 2, method: 'tools/list' }
    expect((await post(list, session)).status).toBe(200)
    expect((await server.call('DELETE', '/mcp', { headers: session })).status).toBe(204)
    expect((await post(list, session)).status).toBe(404)
    expect((await server.call('DELETE', '/mcp', { headers: session })).status).toBe(404)
  })

  it.each([
    ['a request before its beginning', { jsonrpc: '2.0', id: 2, method: 'tools/list' }, 400],
    ['what is no message', { hello: 1 }, 400],
    ['what is no JSON', '{', 400],
    ['no body', undefined, 400],
  ])('does not begin with %s', async (_, body, status) => {
    expect((await post(body)).status).toBe(status)
  })

  it('is named by who asks for its stream, or ends it', async () => {
    for (const method of ['GET', 'DELETE']) {
      const nameless = await server.call(method, '/mcp')
      expect([nameless.status, nameless.json.error.code]).toEqual([400, 'bad_request'])
      const headers = { 'mcp-session-id': 'gone', accept: 'text/event-stream' }
      expect((await server.call(method, '/mcp', { headers })).status).toBe(404)
    }
  })
})

describe('API keys', () => {
  const password = 'twelve chars at least'
  let headers: Record<string, string>
  beforeAll(async () => {
    await server.restart({ MILLRACE_OPERATOR_PASSWORD: password })
    const signedIn = await server.call('POST', '/api/session', { body: { password } })
    headers = { cookie: signedIn.headers.get('set-cookie')?.split(';')[0] ?? '' }
    await server.call('POST', '/api/flows/orders/publish', {
      headers,
      body: { environment: 'production' },
    })
  })

  async function makeKey(fields: object): Promise<string> {
    const body = { name: 'A key', policies: ['mcp'], ...fields }
    return (await server.call('POST', '/api/keys', { headers, body })).json.key
  }
  async function toolsOf(key: string, query?: string): Promise<readonly string[]> {
    const { client } = await connect(key, query)
    return (await client.listTools()).tools.map(({ name }) => name)
  }

  it('with the policy mcp see what is published, or the drafts of development', async () => {
    expect(await toolsOf(await makeKey({}))).toEqual(['orders'])
    expect(await toolsOf(await makeKey({}), '?env=test')).toEqual([])
    const drafts = await makeKey({ environment: 'development', flows: ['orders', 'tells'] })
    expect(await toolsOf(drafts)).toEqual(['orders', 'tells'])
    const { client } = await connect(drafts)
    await expect(client.callTool({ name: 'throws', arguments: {} })).rejects.toMatchObject({
      code: -32_602,
    })
  })

  it('of another environment than the one asked for see nothing, and are told why', async () => {
    const { client } = await connect(await makeKey({ environment: 'test' }), '?env=production')
    const refused = { code: -32_602, message: expect.stringContaining('"test" alone') }
    await expect(client.listTools()).rejects.toMatchObject(refused)
    await expect(client.callTool({ name: 'orders' })).rejects.toMatchObject(refused)
  })

  it('have no more runs at one time than they may, which a call is told', async () => {
    const limits = { concurrentRuns: 1 }
    const key = await makeKey({ environment: 'development', flows: ['waits'], limits })
    const { client } = await connect(key)
    const args = { name: 'waits', arguments: { customer: '1' } }
    const taken = Promise.withResolvers<void>()
    const abort = new AbortController()
    const first = client.callTool(args, undefined, {
      signal: abort.signal,
      onprogress: () => taken.resolve(),
    })
    const rejected = expect(first).rejects.toThrow('enough')
    await taken.promise
    expect(await client.callTool(args)).toMatchObject({
      isError: true,
      content: [{ text: expect.stringMatching(/has 1 run that goes on.*\(rate_limited\)$/) }],
    })
    abort.abort('enough')
    await rejected
  })

  it('that are revoked end with their sessions, whoever has them', async () => {
    const key = await makeKey({})
    const { client } = await connect(key)
    const { json } = await server.call('GET', '/api/keys', { headers })
    await server.call('DELETE', `/api/keys/${json.keys[0].id}`, { headers })
    await expect(client.listTools()).rejects.toThrow(/was revoked/)
  })

  it('of others are refused, and so is nobody', async () => {
    await expect(connect(await makeKey({ policies: ['execute'] }))).rejects.toThrow(/needs mcp/)
    await expect(connect()).rejects.toThrow(/needs an API key/)
  })

  it('have sessions of their own', async () => {
    const { transport } = await connect(await makeKey({}))
    const other = await makeKey({})
    const { status } = await server.call('POST', '/mcp', {
      headers: {
        accept: initializeAccept,
        authorization: `Bearer ${other}`,
        'mcp-session-id': transport.sessionId ?? '',
      },
      body: { jsonrpc: '2.0', id: 2, method: 'tools/list' },
    })
    expect(status).toBe(404)
  })
})
