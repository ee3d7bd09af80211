import { DatabaseSync } from 'node:sqlite'
import { join } from 'node:path'
import { noTests, serializeFlow } from '@millrace/flow'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chatFlow, echoFlow } from '../testing/chat-flow.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

const ifMatch = (tag: string | null) => ({ 'if-match': tag ?? '' })

describe('flows over HTTP', () => {
  it('are there on a fresh server: one example that can run', async () => {
    const { json } = await server.call('GET', '/api/flows')
    expect(json.flows).toEqual([
      {
        id: 'example-rag-chat',
        name: 'Example: RAG chat',
        description: expect.any(String),
        revision: 1,
        updatedAt: expect.stringMatching(/^\d{4}-.*Z$/),
        nodeCount: 7,
        nodeTypes: [
          'chat.trigger',
          'postgres.searchVectors',
          'postgres.getSingleValue',
          'openai.streamingChatCompletion',
          'flow.yieldReturn',
          'postgres.upsertRow',
          'openai.textEmbedder',
        ],
        nodeTitles: expect.any(Array),
        tags: [],
        errorCount: 0,
        warningCount: 0,
        status: 'flow',
        lastRun: null,
        startsNextAt: null,
        published: [],
      },
    ])
  })

  it('are created, read and saved in their canonical text', async () => {
    const flow = echoFlow('canonical')
    const shuffled = { ...flow, nodes: flow.nodes.toReversed() }
    const created = await server.call('POST', '/api/flows', { body: shuffled })
    expect([created.status, created.headers.get('etag')]).toEqual([201, '"1"'])
    expect(created.text).toBe(serializeFlow(flow))

    const renamed = { ...flow, name: 'Renamed' }
    const saved = await server.call('PUT', '/api/flows/canonical', {
      body: renamed,
      headers: ifMatch('"1"'),
    })
    expect([saved.status, saved.headers.get('etag')]).toEqual([200, '"2"'])
    const read = await server.call('GET', '/api/flows/canonical')
    expect([read.text, read.headers.get('etag')]).toEqual([serializeFlow(renamed), '"2"'])
  })

  it('refuse an id that is taken', async () => {
    await server.call('POST', '/api/flows', { body: echoFlow('taken') })
    const { status, json } = await server.call('POST', '/api/flows', { body: echoFlow('taken') })
    expect([status, json.error.code]).toEqual([409, 'conflict'])
  })

  it('refuse a save without a revision, and a stale one with the current revision', async () => {
    await server.call('POST', '/api/flows', { body: echoFlow('stale') })
    const without = await server.call('PUT', '/api/flows/stale', { body: echoFlow('stale') })
    expect([without.status, without.json.error.code]).toEqual([428, 'precondition_required'])
    await server.call('PUT', '/api/flows/stale', {
      body: echoFlow('stale'),
      headers: ifMatch('"1"'),
    })
    const stale = await server.call('PUT', '/api/flows/stale', {
      body: { ...echoFlow('stale'), name: 'Late' },
      headers: ifMatch('W/"1"'),
    })
    expect(stale.status).toBe(409)
    expect(stale.json.error).toMatchObject({ code: 'conflict', details: { currentRevision: 2 } })
    expect((await server.call('GET', '/api/flows/stale')).json.name).toBe('stale')
  })

  it('refuse an If-Match that is no revision', async () => {
    await server.call('POST', '/api/flows', { body: echoFlow('match') })
    for (const tag of ['*', '1', '"one"']) {
      const body = echoFlow('match')
      const { status } = await server.call('PUT', '/api/flows/match', {
        body,
        headers: ifMatch(tag),
      })
      expect(status).toBe(400)
    }
  })

  it('refuse a document under another address than its id', async () => {
    await server.call('POST', '/api/flows', { body: echoFlow('address') })
    const { status, json } = await server.call('PUT', '/api/flows/address', {
      body: echoFlow('another'),
      headers: ifMatch('"1"'),
    })
    expect([status, json.error.path]).toEqual([400, 'id'])
  })

  it('are refused whole, with every problem, when they are malformed', async () => {
    const { status, json } = await server.call('POST', '/api/flows', {
      body: {
        ...echoFlow('bad'),
        colour: 'red',
        edges: [{ from: ['nowhere', 'next'], to: 'return' }],
      },
    })
    expect([status, json.error.code]).toEqual([400, 'bad_request'])
    expect(json.error.details.problems.length).toBeGreaterThan(0)
    expect((await server.call('GET', '/api/flows/bad')).status).toBe(404)
  })

  it('are kept as drafts when they are unfinished, and counted as such', async () => {
    const draft = chatFlow('draft', {
      chat: { connection: 'nowhere', userPrompt: { $ref: 'oops' } },
    })
    expect((await server.call('POST', '/api/flows', { body: draft })).status).toBe(201)
    const { json } = await server.call('GET', '/api/flows')
    const summary = json.flows.find(({ id }: { id: string }) => id === 'draft')
    expect(summary.errorCount).toBe(2)
  })

  it('are kept as they are when a newer Millrace wrote them, and do not run', async () => {
    const newer = { future: [1], format: 'millrace/flow', version: 9, id: 'newer', name: 'Later' }
    const created = await server.call('POST', '/api/flows', { body: newer })
    expect([created.status, created.json]).toEqual([201, newer])
    const summary = (await server.call('GET', '/api/flows')).json.flows.find(
      ({ id }: { id: string }) => id === 'newer',
    )
    expect(summary).toMatchObject({ name: 'Later', status: 'newer', errorCount: 1 })
    const { status, json } = await server.call('POST', '/api/flows/newer/run', { body: {} })
    expect([status, json.error.code]).toEqual([422, 'flow_invalid'])
    expect(json.error.details.problems[0].code).toBe('version_newer')
  })

  it('are copied under a free id', async () => {
    await server.call('POST', '/api/flows', { body: echoFlow('origin') })
    const first = await server.call('POST', '/api/flows/origin/duplicate')
    const second = await server.call('POST', '/api/flows/origin/duplicate')
    expect([first.status, first.json.id, first.json.name]).toEqual([
      201,
      'origin-copy',
      'origin (copy)',
    ])
    expect(second.json.id).toBe('origin-copy2')
  })

  it('are copied with their tests', async () => {
    await server.call('POST', '/api/flows', { body: echoFlow('tested') })
    const tests = { ...noTests('tested'), tests: [{ name: 'echoes', expect: {} }] }
    await server.call('PUT', '/api/flows/tested/tests', { body: tests, headers: ifMatch('"0"') })
    const { json } = await server.call('POST', '/api/flows/tested/duplicate')
    const copied = await server.call('GET', `/api/flows/${json.id}/tests`)
    expect(copied.json).toEqual({ ...tests, flow: json.id })
  })

  it('are listed with what a search finds them by', async () => {
    const flow = echoFlow('found')
    const [first, ...others] = flow.nodes
    await server.call('POST', '/api/flows', {
      body: { ...flow, tags: ['live', 'Billing'], nodes: [{ ...first, title: 'Ask' }, ...others] },
    })
    const { json } = await server.call('GET', '/api/flows')
    expect(json.flows.find((one: { id: string }) => one.id === 'found')).toMatchObject({
      tags: ['Billing', 'live'],
      nodeTitles: ['Ask'],
    })
  })

  it('are deleted', async () => {
    await server.call('POST', '/api/flows', { body: echoFlow('gone') })
    expect((await server.call('DELETE', '/api/flows/gone')).status).toBe(204)
    expect((await server.call('GET', '/api/flows/gone')).status).toBe(404)
    expect((await server.call('DELETE', '/api/flows/gone')).status).toBe(404)
  })

  it.each([null, 7, 'text', [], {}, { format: 'millrace/flow' }])(
    'are checked whatever the JSON is: %j',
    async (body) => {
      const { status, json } = await server.call('POST', '/api/flows/check', {
        body: JSON.stringify(body),
      })
      expect(status).toBe(200)
      expect(json.problems[0]).toMatchObject({ code: 'document_malformed', severity: 'error' })
    },
  )

  it('are checked against the connections that exist here', async () => {
    const { json } = await server.call('POST', '/api/flows/check', { body: chatFlow('x') })
    expect(json.problems).toMatchObject([
      { code: 'connection_missing', nodeId: 'chat', property: 'connection' },
    ])
  })

  it('stay deleted when the example is deleted, and all is there after a restart', async () => {
    await server.call('POST', '/api/flows', { body: echoFlow('kept') })
    await server.call('DELETE', '/api/flows/example-rag-chat')
    await server.restart()
    const ids = (await server.call('GET', '/api/flows')).json.flows.map(
      ({ id }: { id: string }) => id,
    )
    expect(ids).toContain('kept')
    expect(ids).not.toContain('example-rag-chat')
  })

  it('that are damaged on the disk are reported and handed out, and spoil nothing else', async () => {
    await server.call('POST', '/api/flows', { body: echoFlow('damaged') })
    const file = new DatabaseSync(join(server.directory, 'millrace.db'))
    file.exec(`UPDATE flows SET document = '{ "half' WHERE id = 'damaged'`)
    file.close()
    const { json } = await server.call('GET', '/api/flows')
    expect(json.flows.find(({ id }: { id: string }) => id === 'damaged')).toMatchObject({
      status: 'unreadable',
      errorCount: 1,
    })
    const read = await server.call('GET', '/api/flows/damaged')
    expect([read.status, read.json.error.details.text]).toEqual([422, '{ "half'])
    const copied = await server.call('POST', '/api/flows/damaged/duplicate')
    expect([copied.status, copied.json.error.code]).toEqual([422, 'flow_invalid'])
    const saved = await server.call('PUT', '/api/flows/damaged', {
      body: echoFlow('damaged'),
      headers: ifMatch('"1"'),
    })
    expect(saved.status).toBe(200)
  })
})
