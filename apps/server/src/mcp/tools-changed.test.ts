import type { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { initializeAccept, initializeRequest } from '../testing/initialize-request.ts'
import { connectMcp } from '../testing/mcp-client.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { returning, toolFlow } from '../testing/tool-flow.ts'

// What clients are told of when tools come, change and go, by the official client over a real socket.

const password = 'twelve chars at least'
const opened: Client[] = []
let server: TestServer
let cookie: string
beforeAll(async () => {
  server = await startTestServer({ MILLRACE_OPERATOR_PASSWORD: password })
  await signIn()
  for (const id of ['orders', 'prices', 'mine', 'other', 'late']) {
    await call('POST', '/api/flows', toolFlow(id, [returning({ id })]))
  }
})
afterEach(() => Promise.all(opened.splice(0).map((client) => client.close())))
afterAll(() => server.close())

async function signIn(): Promise<void> {
  const signedIn = await server.call('POST', '/api/session', { body: { password } })
  cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? ''
}

async function call(method: string, path: string, body?: unknown, headers = {}) {
  const answer = await server.call(method, path, { body, headers: { cookie, ...headers } })
  expect(answer.status, answer.text).toBeLessThan(300)
  return answer
}

const publish = (id: string, more: object = {}, environment = 'production') =>
  call('POST', `/api/flows/${id}/publish`, { environment, ...more })
const unpublish = (id: string, environment = 'production') =>
  call('DELETE', `/api/flows/${id}/publish?environment=${environment}`)

/** Saves a tool again, with another name. */
async function rename(id: string, name: string): Promise<void> {
  const { etag } = Object.fromEntries((await call('GET', `/api/flows/${id}`)).headers)
  const body = toolFlow(id, [returning({ id })], { name })
  await call('PUT', `/api/flows/${id}`, body, { 'if-match': etag })
}

async function makeKey(fields: object = {}): Promise<{ key: string; id: string }> {
  return (await call('POST', '/api/keys', { name: 'A key', policies: ['mcp'], ...fields })).json
}

/** A client that knows its tools, and those that it was told of since: the titles of each list. */
async function listen(key: string) {
  const told: string[][] = []
  const { client } = await connectMcp(server, {
    key,
    listChanged: {
      tools: {
        debounceMs: 0,
        onChanged: (_, tools) => told.push((tools ?? []).map(({ title = '' }) => title)),
      },
    },
  })
  opened.push(client)
  await client.listTools()
  return { client, told }
}

describe('a client that listens', () => {
  it('knows that it will be told', async () => {
    const { client } = await listen((await makeKey({ environment: 'development' })).key)
    expect(client.getServerCapabilities()).toEqual({ tools: { listChanged: true } })
  })

  it('is told when a tool is published, rolled back, and not published any more', async () => {
    await rename('orders', 'All orders')
    const { told } = await listen((await makeKey({ flows: ['orders'] })).key)
    await publish('orders')
    await expect.poll(() => told).toEqual([['All orders']])
    await publish('orders', { revision: 1 })
    await expect.poll(() => told.slice(1)).toEqual([['The orders']])
    await unpublish('orders')
    await expect.poll(() => told.slice(2)).toEqual([[]])
  })

  it('of drafts is told when a tool is saved, deleted and brought back', async () => {
    const { key } = await makeKey({ environment: 'development', flows: ['prices'] })
    const { told } = await listen(key)
    await rename('prices', 'All prices')
    await expect.poll(() => told.at(-1)).toEqual(['All prices'])
    await call('DELETE', '/api/flows/prices')
    await expect.poll(() => told.at(-1)).toEqual([])
    await call('POST', '/api/flows/prices/restore')
    await expect.poll(() => told.at(-1)).toEqual(['All prices'])
  })

  it('is told when a connection goes without which a tool cannot run', async () => {
    const connection = { id: 'model', kind: 'openai', name: 'Model', fields: { apiKey: 'sk-test' } }
    await call('POST', '/api/connections', connection)
    const ask = {
      type: 'openai.chatCompletion',
      properties: { connection: 'model', modelId: 'm', userPrompt: 'Hi' },
    }
    await call('POST', '/api/flows', toolFlow('asks', [ask]))
    await publish('asks', {}, 'test')
    const { told } = await listen((await makeKey({ environment: 'test' })).key)
    await call('DELETE', '/api/connections/model')
    await expect.poll(() => told.at(-1)).toEqual([])
    await call('POST', '/api/connections', connection)
    await expect.poll(() => told.at(-1)).toEqual(['The asks'])
  })

  it('is not told of tools that are not its own', async () => {
    const { told } = await listen((await makeKey({ flows: ['mine'] })).key)
    const { told: toldOther } = await listen((await makeKey({ flows: ['other'] })).key)
    await publish('other')
    await expect.poll(() => toldOther).toEqual([['The other']])
    await publish('mine', {}, 'test')
    await publish('mine')
    await expect.poll(() => told).toEqual([['The mine']])
  })
})

/** A session, as the header that names it and the key. */
async function openSession(key: string): Promise<Record<string, string>> {
  const headers = { accept: initializeAccept, authorization: `Bearer ${key}` }
  const begun = await server.call('POST', '/mcp', { body: initializeRequest, headers })
  return { ...headers, 'mcp-session-id': begun.headers.get('mcp-session-id') ?? '' }
}

/** The stream of a session: what it said so far, and all of it once it ended. */
async function openStream(headers: Record<string, string>) {
  const { status, body } = await fetch(`${server.url}/mcp`, { headers })
  const decoder = new TextDecoder()
  let said = ''
  async function read(): Promise<string> {
    for await (const bytes of body ?? []) said += decoder.decode(bytes, { stream: true })
    return said
  }
  return { status, said: () => said, whole: read() }
}

describe('the stream of a session', () => {
  it('begins with it when tools changed since the client asked for them', async () => {
    const session = await openSession((await makeKey({ flows: ['late'] })).key)
    const list = { jsonrpc: '2.0', id: 2, method: 'tools/list' }
    await server.call('POST', '/mcp', { body: list, headers: session })
    await publish('late')
    const { said, whole } = await openStream(session)
    await expect.poll(said).toContain('notifications/tools/list_changed')
    await server.call('DELETE', '/mcp', { headers: session })
    expect((await whole).match(/list_changed/g)).toHaveLength(1)
  })

  it('ends when the session asks for another one', async () => {
    const session = await openSession((await makeKey()).key)
    const first = await openStream(session)
    const second = await openStream(session)
    expect([first.status, second.status, await first.whole]).toEqual([200, 200, ''])
    await server.call('DELETE', '/mcp', { headers: session })
    expect(await second.whole).toBe('')
  })

  it('ends when its key is revoked', async () => {
    const { key, id } = await makeKey()
    const { whole } = await openStream(await openSession(key))
    await call('DELETE', `/api/keys/${id}`)
    expect(await whole).toBe('')
  })

  it('ends by itself, and not by a broken connection, when the server does', async () => {
    const { whole } = await openStream(await openSession((await makeKey()).key))
    await server.restart()
    await signIn()
    expect(await whole).toBe('')
  })

  it('is of nobody else', async () => {
    const session = await openSession((await makeKey()).key)
    const other = `Bearer ${(await makeKey()).key}`
    const { status, whole } = await openStream({ ...session, authorization: other })
    expect([status, await whole]).toEqual([404, expect.stringContaining('no such session')])
  })
})
