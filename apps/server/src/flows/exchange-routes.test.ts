import { serializeFlow } from '@millrace/flow'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chatFlow, echoFlow } from '../testing/chat-flow.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

describe('a flow as a file', () => {
  it('goes out in its canonical text, under its name', async () => {
    const flow = echoFlow('exported')
    await server.call('POST', '/api/flows', { body: flow })
    const { text, headers } = await server.call('GET', '/api/flows/exported/export')
    expect(text).toBe(serializeFlow(flow))
    expect(headers.get('content-disposition')).toBe('attachment; filename=exported.json')
    expect(headers.get('etag')).toBe('"1"')
    expect((await server.call('GET', '/api/flows/nowhere/export')).status).toBe(404)
  })

  it('comes in with the connections that it asks for', async () => {
    const { status, json } = await server.call('POST', '/api/flows/import', {
      body: chatFlow('imported'),
    })
    expect(status).toBe(201)
    expect(json).toEqual({
      id: 'imported',
      revision: 1,
      change: 'created',
      connections: [{ id: expect.any(String), kinds: ['openai', 'demo'], isHere: false }],
    })
  })

  it('takes the place of another only with that one’s revision', async () => {
    const flow = echoFlow('twice')
    const put = (name: string, headers = {}) =>
      server.call('POST', '/api/flows/import', { body: { ...flow, name }, headers })
    expect((await put('First')).json.change).toBe('created')
    expect((await put('First')).json).toMatchObject({ change: 'unchanged', revision: 1 })
    const refused = await put('Second')
    expect([refused.status, refused.json.error.details]).toEqual([409, { currentRevision: 1 }])
    const stale = await put('Second', { 'if-match': '"7"' })
    expect(stale.status).toBe(409)
    expect((await put('Second', { 'if-match': '"1"' })).json).toMatchObject({
      change: 'updated',
      revision: 2,
    })
  })

  it('of a newer version is kept as it came', async () => {
    const body = { format: 'millrace/flow', version: 99, id: 'newer', anything: [1] }
    const { json } = await server.call('POST', '/api/flows/import', { body })
    expect(json).toMatchObject({ change: 'created', connections: [] })
    expect((await server.call('GET', '/api/flows/newer/export')).json).toEqual(body)
  })

  it('that is none is refused with every problem', async () => {
    const { status, json } = await server.call('POST', '/api/flows/import', { body: { id: 1 } })
    expect(status).toBe(400)
    expect(json.error.details.problems.length).toBeGreaterThan(2)
  })
})

describe('two versions of a flow', () => {
  it('are told apart, as data and as text', async () => {
    const before = echoFlow('versions')
    const after = { ...before, name: 'Other' }
    const { json } = await server.call('POST', '/api/flows/diff', { body: { before, after } })
    expect(json).toEqual({
      changed: [{ what: 'flow', field: 'name', before: before.name, after: 'Other' }],
      rewired: [],
      moved: [],
      text: `Changed\n  ~ flow name: ${JSON.stringify(before.name)} → "Other"`,
    })
  })

  it.each([
    [{ before: {}, after: {} }],
    [{ before: echoFlow('a') }],
    [{ before: echoFlow('a'), after: { format: 'millrace/flow', version: 2, id: 'a' } }],
  ])('that are no flows are refused: %j', async (body) => {
    expect((await server.call('POST', '/api/flows/diff', { body })).status).toBe(400)
  })
})

it.each([
  ['/schemas/flow-1.json', { title: 'Millrace flow', $id: 'urn:millrace:flow:1' }],
  ['/schemas/flow-test-1.json', { title: 'Millrace flow tests', $id: 'urn:millrace:flow-test:1' }],
])('publishes the JSON Schema %s', async (path, head) => {
  const { status, json } = await server.call('GET', path)
  expect(status).toBe(200)
  expect(json).toMatchObject(head)
})
