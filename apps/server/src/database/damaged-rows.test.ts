import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createServerLog } from '../server-log.ts'
import { echoFlow } from '../testing/chat-flow.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

let server: TestServer
let lines: string[]
beforeEach(async () => {
  lines = []
  const log = createServerLog('error', { write: (line: string) => lines.push(line) })
  server = await startTestServer({}, log)
})
afterEach(() => server.close())

const get = (path: string, headers = {}) => server.call('GET', path, { headers })

/** Damages rows as a disk does, while the server is stopped. */
async function damage(file: 'millrace.db' | 'runs.db', statement: string): Promise<void> {
  await server.stop()
  const database = new DatabaseSync(join(server.directory, file))
  database.exec(statement)
  database.close()
  await server.restart()
}

/** The rows that the log called damaged. */
function told(): readonly string[] {
  return lines
    .map((line): Record<string, unknown> => JSON.parse(line))
    .filter(({ msg }) => msg === 'a row of the store is damaged')
    .map(({ table, id }) => `${String(table)} ${String(id)}`)
}

describe('a damaged row takes no others away, and is told in the log once:', () => {
  it('a variable, which is to be entered again', async () => {
    for (const name of ['area', 'zone']) {
      await server.call('PUT', `/api/variables/${name}`, { body: { values: { test: 'x' } } })
    }
    await damage('millrace.db', `UPDATE variables SET "values" = '{"te' WHERE name = 'area'`)
    const zone = { name: 'zone', isSecret: false, values: { test: 'x' }, isLocked: false }
    for (const _ of [1, 2]) {
      const { json } = await get('/api/variables')
      expect(json.variables).toEqual([{ ...zone, name: 'area', values: {}, isLocked: true }, zone])
    }
    expect(told()).toEqual(['variables area'])
    const body = { values: { test: 'y' } }
    const { json } = await server.call('PUT', '/api/variables/area', { body })
    expect(json).toEqual({ ...zone, name: 'area', values: { test: 'y' } })
  })

  it('an API key, which may do nothing any more, but keeps the server closed', async () => {
    const make = async (name: string) =>
      (await server.call('POST', '/api/keys', { body: { name, policies: ['configure'] } })).json
    const [good, bad] = [await make('good'), await make('bad')]
    await damage('millrace.db', `UPDATE api_keys SET limits = '{' WHERE id = '${bad.id}'`)
    const { json } = await get('/api/keys')
    expect(
      json.keys.map(({ id, policies }: { id: string; policies: unknown }) => [id, policies]),
    ).toEqual(
      expect.arrayContaining([
        [good.id, ['configure']],
        [bad.id, []],
      ]),
    )
    const asked = async (key: string) =>
      (await get('/api/flows', { authorization: `Bearer ${key}` })).status
    expect([await asked(good.key), await asked(bad.key)]).toEqual([200, 403])
    expect(told()).toEqual([`api_keys ${bad.id}`])
    await damage('millrace.db', `DELETE FROM api_keys WHERE id = '${good.id}'`)
    await server.call('POST', '/api/flows', { body: echoFlow('echo') })
    const run = await server.call('POST', '/api/flows/echo/run', { body: { prompt: 'Hi' } })
    expect(run.status).toBe(401)
  })

  it('the prices, in whose place the shipped ones are in force', async () => {
    const body = { currency: 'EUR', models: [] }
    await server.call('PUT', '/api/prices', { body, headers: { 'if-match': '"0"' } })
    await damage('millrace.db', `UPDATE prices SET document = 'no JSON'`)
    expect((await get('/api/prices')).json).toMatchObject({ shippedAsOf: expect.any(String) })
    expect(told()).toEqual(['prices 1'])
    const saved = await server.call('PUT', '/api/prices', { body, headers: { 'if-match': '"1"' } })
    expect(saved.json).toEqual({ ...body, shippedAsOf: null })
  })

  it('a connection, which is to be filled in again', async () => {
    for (const id of ['one', 'two']) {
      const body = { id, kind: 'openai', name: id, fields: {} }
      await server.call('POST', '/api/connections', { body })
    }
    await damage('millrace.db', `UPDATE connections SET fields = '[' WHERE id = 'one'`)
    const { status, text } = await get('/api/connections')
    expect([status, text]).toEqual([200, expect.stringContaining('"two"')])
    expect(told()).toEqual(['connections one'])
  })

  it('the public access of a flow, which is closed', async () => {
    const limits = { perMinute: 9, perSession: 9, perDay: 9 }
    const body = { mode: 'anonymous', origins: ['https://www.example.com'], limits }
    for (const id of ['echo', 'open']) {
      await server.call('POST', '/api/flows', { body: echoFlow(id) })
      await server.call('POST', `/api/flows/${id}/publish`, { body: { environment: 'production' } })
      const headers = { 'if-match': '"0"' }
      await server.call('PUT', `/api/flows/${id}/public-access`, { body, headers })
    }
    await damage('millrace.db', `UPDATE public_access SET settings = '{}' WHERE flow_id = 'echo'`)
    const arrive = async (id: string) =>
      (await server.call('POST', `/api/flows/${id}/visitors`, { body: {} })).status
    expect([await arrive('open'), await arrive('echo')]).toEqual([200, 404])
    expect((await get('/api/flows/echo/public-access')).json.mode).toBe('off')
    expect(told()).toEqual(['public_access echo'])
  })

  it('what kept the clock from starting a flow', async () => {
    await server.call('POST', '/api/flows', { body: echoFlow('daily') })
    await damage('millrace.db', `INSERT INTO schedules VALUES ('daily', 60000, NULL, '{"co')`)
    const { status } = await get('/api/flows/daily/schedule')
    expect([status, told()]).toEqual([200, ['schedules daily']])
  })

  it('how a run stands, of which the rest is shown', async () => {
    await server.call('POST', '/api/flows', { body: echoFlow('echo') })
    const run = async () =>
      (await server.call('POST', '/api/flows/echo/run', { body: { prompt: 'Hi' } })).headers.get(
        'x-run-id',
      )
    const [good, bad] = [await run(), await run()]
    await damage(
      'runs.db',
      `UPDATE runs SET usage = '{', models = '', error = '[]', result = '"H' WHERE id = '${bad}'`,
    )
    const { json } = await get('/api/runs')
    expect(json.runs.map(({ id }: { id: string }) => id)).toEqual([bad, good])
    expect(json.runs[0]).toMatchObject({ state: 'completed', usage: null, models: [] })
    expect((await get(`/api/runs/${bad}`)).status).toBe(200)
    expect(told()).toEqual([`runs ${bad}`])
  })
})

it('copies a flow whose tests are damaged, without them', async () => {
  await server.call('POST', '/api/flows', { body: echoFlow('echo') })
  await damage('millrace.db', `INSERT INTO flow_tests VALUES ('echo', 1, 'no JSON', 0)`)
  const { status, json } = await server.call('POST', '/api/flows/echo/duplicate')
  expect(status).toBe(201)
  expect((await get(`/api/flows/${json.id}/tests`)).json.tests).toEqual([])
})

it('ends a run of a killed server whose usage is damaged', async () => {
  await server.call('POST', '/api/flows', { body: echoFlow('echo') })
  await server.call('POST', '/api/flows/echo/run', { body: { prompt: 'Hi' } })
  await damage(
    'runs.db',
    `UPDATE runs SET usage = '{', state = 'running', writer = NULL, is_packed = 0`,
  )
  const { json } = await get('/api/runs')
  expect(json.runs).toMatchObject([{ state: 'interrupted', usage: null }])
})
