import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chatFlow } from '../testing/chat-flow.ts'
import { startFakeModel, type FakeModel } from '../testing/fake-model.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

const secret = 'sk-very-secret-key'
let server: TestServer
let model: FakeModel
beforeAll(async () => {
  model = await startFakeModel({ apiKey: secret })
  server = await startTestServer()
})
afterAll(async () => {
  await server.close()
  await model.close()
})

const connection = (id: string, fields: object = { apiKey: secret }) => ({
  id,
  kind: 'openai',
  name: 'Team',
  fields,
})
const create = (id: string, fields?: object) =>
  server.call('POST', '/api/connections', { body: connection(id, fields) })

describe('connections over HTTP', () => {
  it('start with the built-in ones, which cannot be changed', async () => {
    const { json } = await server.call('GET', '/api/connections')
    expect(json.connections).toMatchObject([
      { id: 'demo', kind: 'demo', builtIn: true },
      { id: 'embedded-postgres', kind: 'embedded-postgres', builtIn: true },
    ])
    for (const id of ['demo', 'embedded-postgres']) {
      expect((await server.call('DELETE', `/api/connections/${id}`)).status).toBe(403)
      expect((await create(id)).status).toBe(409)
    }
  })

  it('never show a secret again, in an answer or on the disk', async () => {
    const created = await create('secret')
    expect([created.status, created.headers.get('etag')]).toEqual([201, '"1"'])
    expect(created.json.fields).toEqual({ apiKey: { set: true } })
    const read = await server.call('GET', '/api/connections/secret')
    expect(read.json).toEqual(created.json)
    expect(created.text + read.text).not.toContain(secret)
    await server.restart()
    for (const file of readdirSync(server.directory)) {
      expect(readFileSync(join(server.directory, file)).includes(secret)).toBe(false)
    }
  })

  it('are replaced over the revision they were read in', async () => {
    await create('replaced')
    const body = { name: 'Renamed', fields: {} }
    const path = '/api/connections/replaced'
    expect((await server.call('PUT', path, { body })).status).toBe(428)
    const first = await server.call('PUT', path, { body, headers: { 'if-match': '"1"' } })
    expect([first.status, first.headers.get('etag')]).toEqual([200, '"2"'])
    expect(first.json).toMatchObject({ name: 'Renamed', fields: { apiKey: { set: true } } })
    const stale = await server.call('PUT', path, { body, headers: { 'if-match': '"1"' } })
    expect([stale.status, stale.json.error.details]).toEqual([409, { currentRevision: 2 }])
    const other = await server.call('PUT', path, {
      body: { ...body, kind: 'demo' },
      headers: { 'if-match': '"2"' },
    })
    expect([other.status, other.json.error.path]).toEqual([400, 'kind'])
  })

  it('refuse fields that their kind does not have', async () => {
    const { status, json } = await create('fields', { baseUrl: 7, colour: 'red' })
    expect([status, json.error.path]).toEqual([400, 'fields.colour'])
    expect(json.error.details.problems).toHaveLength(2)
    const kind = await server.call('POST', '/api/connections', {
      body: { ...connection('kind'), kind: 'oracle' },
    })
    expect([kind.status, kind.json.error.path]).toEqual([400, 'kind'])
  })

  it('are deleted', async () => {
    await create('gone')
    expect((await server.call('DELETE', '/api/connections/gone')).status).toBe(204)
    expect((await server.call('GET', '/api/connections/gone')).status).toBe(404)
  })

  it('are tested: what does not work is an answer that says why', async () => {
    await create('tested', { baseUrl: model.url, apiKey: secret })
    const works = await server.call('POST', '/api/connections/tested/test', { body: {} })
    expect([works.status, works.json.ok]).toEqual([200, true])
    const { json } = await server.call('GET', '/api/connections/tested/models')
    expect(json).toEqual({ models: ['fake-1'] })

    const wrongKey = 'sk-not-that-key'
    await create('refused', { baseUrl: model.url, apiKey: wrongKey })
    const refused = await server.call('POST', '/api/connections/refused/test')
    expect([refused.status, refused.json.ok]).toEqual([200, false])
    expect(refused.text).not.toContain(wrongKey)
    const models = await server.call('GET', '/api/connections/refused/models')
    expect([models.status, models.json.error.code]).toEqual([502, 'provider_unauthorized'])
  })

  it('are tested before they are stored', async () => {
    const draft = { kind: 'openai', name: 'Draft', fields: { baseUrl: model.url, apiKey: secret } }
    const works = await server.call('POST', '/api/connections/test', { body: draft })
    expect(works.json).toMatchObject({
      ok: true,
      details: { summary: 'It works', server: 'OpenAI', models: 1, modelIds: ['fake-1'] },
    })
    const refused = await server.call('POST', '/api/connections/test', {
      body: { ...draft, fields: { baseUrl: 'http://169.254.169.254/v1', apiKey: secret } },
    })
    expect([refused.status, refused.json.ok]).toEqual([200, false])
    expect(refused.json.details.code).toBe('address_refused')
    expect(refused.json.message).toContain('MILLRACE_ALLOW_HOSTS')
    const { json } = await server.call('GET', '/api/connections')
    expect(json.connections.some(({ name }: { name: string }) => name === 'Draft')).toBe(false)
  })

  it('that are edited are tested with the stored secret, but never at a new address', async () => {
    await create('edited', { baseUrl: model.url, apiKey: secret })
    const test = (baseUrl: string) =>
      server.call('POST', '/api/connections/test', {
        body: { id: 'edited', kind: 'openai', name: 'Team', fields: { baseUrl } },
      })
    expect((await test(model.url)).json.ok).toBe(true)
    const other = await startFakeModel()
    expect((await test(other.url)).json.ok).toBe(true)
    expect(other.requests.map(({ headers }) => headers.authorization)).toEqual([undefined])
    await other.close()
    const unknown = await server.call('POST', '/api/connections/test', {
      body: { id: 'nowhere', kind: 'openai', name: 'Team', fields: {} },
    })
    expect(unknown.status).toBe(404)
    const kind = await server.call('POST', '/api/connections/test', {
      body: { kind: 'oracle', name: 'Team', fields: {} },
    })
    expect([kind.status, kind.json.error.path]).toEqual([400, 'kind'])
  })

  it('are duplicated with their secrets, under a free id or one that is given', async () => {
    await create('twin', { baseUrl: model.url, apiKey: secret })
    const first = await server.call('POST', '/api/connections/twin/duplicate')
    expect([first.status, first.json.id, first.json.name]).toEqual([
      201,
      'twin-copy',
      'Team (copy)',
    ])
    expect(first.json.fields.apiKey).toEqual({ set: true })
    const body = { id: 'second-twin', name: 'Second' }
    const second = await server.call('POST', '/api/connections/twin/duplicate', { body })
    expect(second.json).toMatchObject(body)
    expect((await server.call('POST', '/api/connections/second-twin/test')).json.ok).toBe(true)
    const taken = await server.call('POST', '/api/connections/twin/duplicate', { body })
    expect(taken.status).toBe(409)
    expect((await server.call('POST', '/api/connections/demo/duplicate')).status).toBe(403)
    expect((await server.call('POST', '/api/connections/nowhere/duplicate')).status).toBe(404)
  })

  it('say which flows use them, also when they do not exist', async () => {
    const flow = chatFlow('uses-it', { name: 'Uses it', chat: { connection: 'used' } })
    await server.call('POST', '/api/flows', { body: flow })
    await server.call('POST', '/api/flows', { body: { ...flow, id: 'newer', version: 9 } })
    const { json } = await server.call('GET', '/api/connection-uses?connection=used')
    expect(json).toEqual({
      connections: [
        {
          id: 'used',
          flows: [
            {
              id: 'uses-it',
              name: 'Uses it',
              nodes: [{ id: 'chat', title: 'Streaming chat completion' }],
            },
          ],
        },
      ],
      unreadFlows: ['newer'],
    })
    const all = await server.call('GET', '/api/connection-uses')
    // The example is there too.
    expect(all.json.connections.map(({ id }: { id: string }) => id)).toEqual([
      'embedded-postgres',
      'demo',
      'used',
    ])
  })

  it('that flows use can be deleted: the flows keep everything and show a problem', async () => {
    await create('doomed')
    const flow = chatFlow('keeps-all', { chat: { connection: 'doomed' } })
    const stored = await server.call('POST', '/api/flows', { body: flow })
    expect((await server.call('DELETE', '/api/connections/doomed')).status).toBe(204)
    const read = await server.call('GET', '/api/flows/keeps-all')
    expect(read.text).toBe(stored.text)
    const checked = await server.call('POST', '/api/flows/check', { body: flow })
    expect(checked.json.problems).toMatchObject([
      { code: 'connection_missing', nodeId: 'chat', property: 'connection' },
    ])
  })

  it('offer the models of the demo', async () => {
    expect((await server.call('POST', '/api/connections/demo/test')).json.ok).toBe(true)
    expect((await server.call('GET', '/api/connections/demo/models')).json).toEqual({
      models: ['demo', 'demo-embedder'],
    })
  })

  it('that are damaged on the disk are shown as locked, and spoil nothing else', async () => {
    await create('damaged')
    const file = new DatabaseSync(join(server.directory, 'millrace.db'))
    file.exec(`UPDATE connections SET secrets = '{ "half' WHERE id = 'damaged'`)
    file.close()
    const { json } = await server.call('GET', '/api/connections')
    const shown = json.connections.find(({ id }: { id: string }) => id === 'damaged')
    expect(shown).toMatchObject({ name: 'Team', locked: true })
    const again = { name: 'Team', fields: { apiKey: secret } }
    const replaced = await server.call('PUT', '/api/connections/damaged', {
      body: again,
      headers: { 'if-match': '"1"' },
    })
    expect(replaced.json.locked).toBe(false)
  })

  it('are locked by a wrong key, while the rest works', async () => {
    await create('locked')
    await server.restart({ MILLRACE_SECRET_KEY: 'another key, sixteen+' })
    const { json } = await server.call('GET', '/api/connections/locked')
    expect(json.locked).toBe(true)
    const tested = await server.call('POST', '/api/connections/locked/test')
    expect([tested.status, tested.json.error.code]).toEqual([503, 'connection_locked'])
    expect((await server.call('GET', '/api/flows/example-rag-chat')).status).toBe(200)
    await server.restart()
    expect((await server.call('GET', '/api/connections/locked')).json.locked).toBe(false)
  })
})
