import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
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
  it('start with the demo connection, which cannot be changed', async () => {
    const { json } = await server.call('GET', '/api/connections')
    expect(json.connections).toMatchObject([{ id: 'demo', kind: 'demo', builtIn: true }])
    expect((await server.call('DELETE', '/api/connections/demo')).status).toBe(403)
    expect((await create('demo')).status).toBe(409)
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

  it('offer the demo model', async () => {
    expect((await server.call('POST', '/api/connections/demo/test')).json.ok).toBe(true)
    expect((await server.call('GET', '/api/connections/demo/models')).json).toEqual({
      models: ['demo'],
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
    expect((await server.call('GET', '/api/flows/example-chat')).status).toBe(200)
    await server.restart()
    expect((await server.call('GET', '/api/connections/locked')).json.locked).toBe(false)
  })
})
