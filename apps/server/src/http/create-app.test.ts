import { mkdirSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { echoFlow } from '../testing/chat-flow.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

/** Sends bytes as they are and reads the answer's status line and body. */
function raw(head: readonly string[], body = ''): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const socket = connect(server.port, '127.0.0.1')
    let text = ''
    socket.on('data', (data) => {
      text += data.toString()
    })
    socket.on('error', reject)
    socket.on('close', () => {
      const end = text.indexOf('\r\n\r\n')
      resolve({ status: Number(text.split(' ')[1]), body: text.slice(end + 4) })
    })
    socket.write([...head, 'connection: close', '', body].join('\r\n'))
  })
}

describe('the door', () => {
  it.each([
    ['{ "half', 400, 'bad_request'],
    ['', 400, 'bad_request'],
    ['[1, 2', 400, 'bad_request'],
  ])('refuses a body that is not JSON: %j', async (body, status, code) => {
    const answer = await server.call('POST', '/api/flows', { body })
    expect([answer.status, answer.json.error.code]).toEqual([status, code])
    expect(answer.json.error.requestId).toMatch(/^[0-9a-f]{8}-/)
    expect(answer.text).not.toContain('node_modules')
  })

  it('never repeats a body that it cannot read', async () => {
    const { text } = await server.call('POST', '/api/connections', {
      body: '{"apiKey": sk-secret}',
    })
    expect(text).not.toContain('sk-')
  })

  it('refuses bodies of other types', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'text/json5']) {
      const { status, json } = await server.call('POST', '/api/flows', {
        body: '{}',
        headers: { 'content-type': type },
      })
      expect([status, json.error.code]).toEqual([415, 'unsupported_media_type'])
    }
  })

  it('reads JSON under any of its types', async () => {
    for (const type of ['application/json; charset=utf-8', 'application/problem+json']) {
      const { json } = await server.call('POST', '/api/flows/example-rag-chat/stream', {
        body: '{"prompt":7}',
        headers: { 'content-type': type },
      })
      expect(json.error.message).toContain('"prompt" of the request must be text')
    }
  })

  it.each([[], ['content-length: 0']])('takes no bytes for no body: %s', async (...head) => {
    const trigger = {
      id: 'trigger',
      type: 'http.trigger',
      properties: { fields: [{ name: 'a', type: 'text' }], defaultData: { a: 'default' } },
    }
    const back = {
      id: 'return',
      type: 'flow.return',
      properties: { value: { $ref: 'triggerData' } },
    }
    const edges = [{ from: ['trigger', 'next'], to: 'return' }]
    const flow = { ...echoFlow('without-a-body'), nodes: [trigger, back], edges }
    await server.call('POST', '/api/flows', { body: flow })
    const line = 'POST /api/flows/without-a-body/run HTTP/1.1'
    const answer = await raw([line, `host: localhost:${server.port}`, ...head])
    expect([answer.status, answer.body]).toEqual([200, '{"a":"default"}'])
  })

  it('refuses a body that nests too deep', async () => {
    const body = `${'['.repeat(50_000)}${']'.repeat(50_000)}`
    const { status, json } = await server.call('POST', '/api/flows/check', { body })
    expect([status, json.error.details]).toEqual([413, { limit: 'depth', max: 64 }])
  })

  it('refuses a body that is too large: 5 MiB for a flow, 1 MiB elsewhere', async () => {
    const text = (bytes: number) => JSON.stringify('x'.repeat(bytes))
    const run = await server.call('POST', '/api/flows/example-rag-chat/run', {
      body: text(1024 * 1024),
    })
    expect([run.status, run.json.error.details]).toEqual([413, { limit: 'body', max: 1048576 }])
    const flow = await server.call('POST', '/api/flows/check', { body: text(2 * 1024 * 1024) })
    expect(flow.status).toBe(200)
    const large = await server.call('POST', '/api/flows/check', { body: text(5 * 1024 * 1024) })
    expect([large.status, large.json.error.details.max]).toEqual([413, 5 * 1024 * 1024])
  })

  it('keeps a key "__proto__" out', async () => {
    const body = `{"format":"millrace/flow","version":1,"id":"p","name":"p","nodes":[],"edges":[],"__proto__":{}}`
    expect((await server.call('POST', '/api/flows', { body })).status).toBe(400)
  })

  it('refuses a host name that is not its own', async () => {
    const { status, body } = await raw(['GET /api/flows HTTP/1.1', 'host: evil.example'])
    expect([status, JSON.parse(body).error.code]).toEqual([403, 'forbidden'])
  })

  it('refuses changes from pages of other origins, but not from its own', async () => {
    const headers = { origin: 'https://evil.example' }
    const { status, json } = await server.call('DELETE', '/api/flows/example-rag-chat', { headers })
    expect([status, json.error.code]).toEqual([403, 'forbidden'])
    const own = await server.call('POST', '/api/flows', {
      body: echoFlow('own-origin'),
      headers: { origin: server.url },
    })
    expect(own.status).toBe(201)
  })

  it('answers what is not there with a typed error', async () => {
    for (const path of ['/api/nothing', '/api/flows/nothing', '/api/runs/nothing', '/api']) {
      const { status, json } = await server.call('GET', path)
      expect([status, json.error.code]).toEqual([404, 'not_found'])
    }
    expect((await server.call('GET', '/api/flows/%E0%A4%A')).json.error.code).toBe('bad_request')
  })

  it.each([
    ['PATCH', '/api/flows', 'GET, HEAD, POST'],
    ['GET', '/api/flows/example-rag-chat/run', 'POST'],
    ['PUT', '/mcp', 'POST, GET, HEAD, DELETE'],
    ['POST', '/openapi.json', 'GET, HEAD'],
  ])('tells how a path is called that %s does not call: %s', async (method, path, allowed) => {
    const { status, headers, json } = await server.call(method, `${path}?env=test`)
    expect([status, headers.get('allow'), json.error.code]).toEqual([
      405,
      allowed,
      'method_not_allowed',
    ])
    expect(json.error.message).toBe(
      `${path} cannot be called with ${method}. Call it with ${allowed}.`,
    )
  })

  it('names each wrong part of a request', async () => {
    const { json } = await server.call('POST', '/api/connections', { body: { id: 'No', name: 1 } })
    expect(json.error).toMatchObject({ code: 'bad_request', path: 'body.id' })
    expect(json.error.details.issues.map(({ path }: { path: string }) => path)).toEqual([
      'body.id',
      'body.kind',
      'body.name',
    ])
  })
})

describe('what the server says of itself', () => {
  it('is ready', async () => {
    const { status, json } = await server.call('GET', '/api/health')
    expect([status, json]).toEqual([200, { status: 'ok', version: '0.1.0' }])
  })

  it('has a definition of every node and kind of connection', async () => {
    const { json } = await server.call('GET', '/api/nodes')
    expect(json.nodes[0]).toMatchObject({ type: 'chat.trigger', version: 1 })
    expect(json.connections.map(({ kind }: { kind: string }) => kind)).toContain('openai')
  })

  it('sends the definitions again only when they are others', async () => {
    const { headers } = await server.call('GET', '/api/nodes')
    const tag = headers.get('etag') ?? ''
    const again = await server.call('GET', '/api/nodes', { headers: { 'if-none-match': tag } })
    expect([again.status, again.text]).toEqual([304, ''])
    const other = await server.call('GET', '/api/nodes', { headers: { 'if-none-match': '"0"' } })
    expect([other.status, other.headers.get('etag')]).toEqual([200, tag])
  })

  it('describes which routes ask for the revision that a change is based on', async () => {
    const { json } = await server.call('GET', '/openapi.json')
    const { parameters } = json.paths['/api/flows/{id}'].put
    expect(parameters).toContainEqual({
      name: 'If-Match',
      in: 'header',
      description: 'The ETag of the revision that the change is based on, such as "3".',
      required: true,
      schema: { type: 'string' },
    })
    expect(json.paths['/api/flows/{id}'].delete.parameters).toContainEqual(
      expect.objectContaining({ name: 'If-Match', required: false }),
    )
    expect(json.paths['/api/flows/{id}'].get.parameters).toEqual([
      expect.objectContaining({ name: 'id' }),
    ])
  })

  it('describes each of its routes, with who may call it', async () => {
    const { json } = await server.call('GET', '/openapi.json')
    const operations = Object.entries<Record<string, { 'x-caller': string }>>(json.paths).flatMap(
      ([path, methods]) =>
        Object.entries(methods).map(
          ([method, operation]) => `${operation['x-caller']}: ${method} ${path}`,
        ),
    )
    expect(operations.toSorted()).toMatchInlineSnapshot(`
      [
        "anyone: delete /api/session",
        "anyone: get /api/health",
        "anyone: get /api/health/live",
        "anyone: get /api/health/ready",
        "anyone: get /api/session",
        "anyone: get /openapi.json",
        "anyone: get /schemas/flow-1.json",
        "anyone: get /schemas/flow-test-1.json",
        "anyone: post /api/flows/{id}/visitors",
        "anyone: post /api/session",
        "client: get /api/flows/{id}/chat/{chatId}/stream",
        "client: get /api/runs/{id}",
        "client: get /api/runs/{id}/events",
        "client: get /api/runs/{id}/stream",
        "client: get /v1/models",
        "client: get /v1/models/{model}",
        "client: post /api/flows/{id}/chat",
        "client: post /api/flows/{id}/run",
        "client: post /api/flows/{id}/stream",
        "client: post /api/flows/{id}/submit",
        "client: post /api/runs/{id}/feedback",
        "client: post /api/runs/{id}/stop",
        "client: post /v1/chat/completions",
        "mcp: delete /mcp",
        "mcp: get /mcp",
        "mcp: post /mcp",
        "metrics: get /metrics",
        "operator: delete /api/connections/{id}",
        "operator: delete /api/flows/{id}",
        "operator: delete /api/flows/{id}/publish",
        "operator: delete /api/prices",
        "operator: delete /api/runs",
        "operator: delete /api/runs/{id}",
        "operator: delete /api/variables/{name}",
        "operator: get /api/connection-uses",
        "operator: get /api/connections",
        "operator: get /api/connections/{id}",
        "operator: get /api/connections/{id}/models",
        "operator: get /api/connections/{id}/table",
        "operator: get /api/connections/{id}/tables",
        "operator: get /api/flows",
        "operator: get /api/flows/{id}",
        "operator: get /api/flows/{id}/export",
        "operator: get /api/flows/{id}/public-access",
        "operator: get /api/flows/{id}/publications",
        "operator: get /api/flows/{id}/revisions",
        "operator: get /api/flows/{id}/revisions/{revision}",
        "operator: get /api/flows/{id}/schedule",
        "operator: get /api/flows/{id}/tests",
        "operator: get /api/nodes",
        "operator: get /api/prices",
        "operator: get /api/retention",
        "operator: get /api/runs",
        "operator: get /api/runs/{id}/again",
        "operator: get /api/runs/{id}/document",
        "operator: get /api/runs/{id}/export",
        "operator: get /api/runs/{id}/test",
        "operator: get /api/variable-uses",
        "operator: get /api/variables",
        "operator: post /api/connections",
        "operator: post /api/connections/test",
        "operator: post /api/connections/{id}/duplicate",
        "operator: post /api/connections/{id}/query",
        "operator: post /api/connections/{id}/test",
        "operator: post /api/flows",
        "operator: post /api/flows/check",
        "operator: post /api/flows/diff",
        "operator: post /api/flows/import",
        "operator: post /api/flows/{id}/duplicate",
        "operator: post /api/flows/{id}/public-access/secret",
        "operator: post /api/flows/{id}/publish",
        "operator: post /api/flows/{id}/restore",
        "operator: post /api/flows/{id}/tests/accept",
        "operator: post /api/flows/{id}/tests/run",
        "operator: post /api/functions/check",
        "operator: post /api/functions/run",
        "operator: post /api/runs/delete",
        "operator: post /api/runs/export",
        "operator: post /api/runs/{id}/again",
        "operator: put /api/connections/{id}",
        "operator: put /api/flows/{id}",
        "operator: put /api/flows/{id}/public-access",
        "operator: put /api/flows/{id}/revisions/{revision}/name",
        "operator: put /api/flows/{id}/tests",
        "operator: put /api/prices",
        "operator: put /api/variables/{name}",
        "operatorInPerson: delete /api/keys/{id}",
        "operatorInPerson: get /api/keys",
        "operatorInPerson: post /api/keys",
      ]
    `)
    expect(json.paths['/api/runs/{id}/events'].get.parameters).toMatchObject([
      { name: 'id', in: 'path' },
      { name: 'after', in: 'query' },
      { name: 'view', in: 'query' },
      { name: 'Last-Event-ID', in: 'header' },
    ])
  })
})

describe('the editor', () => {
  it('is a page that says how to build it while it is not built', async () => {
    const { status, text, headers } = await server.call('GET', '/')
    expect([status, headers.get('content-type')]).toEqual([503, 'text/html; charset=utf-8'])
    expect(text).toContain('pnpm build')
  })

  it('is served at every address of its own, its assets for ever', async () => {
    const directory = join(server.directory, 'editor')
    mkdirSync(join(directory, 'assets'), { recursive: true })
    writeFileSync(join(directory, 'index.html'), '<p>The editor')
    writeFileSync(join(directory, 'assets', 'main-4f2a.js'), 'run()')
    writeFileSync(join(directory, 'mark.svg'), '<svg/>')

    for (const path of ['/', '/flows/example-rag-chat']) {
      const page = await server.call('GET', path)
      expect([page.status, page.text]).toEqual([200, '<p>The editor'])
      expect(page.headers.get('cache-control')).toBe('no-cache')
      expect(page.headers.get('content-security-policy')).toContain("script-src 'self'")
    }
    const asset = await server.call('GET', '/assets/main-4f2a.js')
    expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect((await server.call('GET', '/mark.svg')).text).toBe('<svg/>')
    expect((await server.call('GET', '/assets/old-0000.js')).status).toBe(404)
    const outside = await raw(['GET /assets/../../millrace.db HTTP/1.1', 'host: localhost'])
    expect(outside.status).toBe(404)
  })
})
