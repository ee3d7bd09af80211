import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { lockDirectory } from '../data-directory/lock.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

let server: TestServer
beforeEach(async () => {
  server = await startTestServer()
})
afterEach(() => server.close())

const directory = () => join(server.directory, 'embedded-postgres')

async function query(statement: string) {
  return server.call('POST', '/api/connections/embedded-postgres/query', {
    body: { statement, parameters: [], commit: true },
  })
}

describe('the embedded PostgreSQL of a server', { timeout: 60_000 }, () => {
  it('is not there before it is used', async () => {
    await server.call('GET', '/api/connections')
    expect(existsSync(directory())).toBe(false)
  })

  it('tells that it works, with pgvector', async () => {
    const { json } = await server.call('POST', '/api/connections/embedded-postgres/test')
    expect(json).toMatchObject({
      ok: true,
      details: {
        findings: [
          { label: 'Database' },
          { label: 'pgvector', value: expect.stringMatching(/^\d/) },
        ],
      },
    })
  })

  it('keeps what was committed over a restart, and gives its directory free', async () => {
    await query('CREATE TABLE kept (id integer)')
    await query('INSERT INTO kept VALUES (7)')
    expect(readdirSync(directory())).toContain('lock')
    await server.restart()
    expect(readdirSync(directory())).not.toContain('lock')
    expect((await query('SELECT id FROM kept')).json.rows).toEqual([[7]])
  })

  it('is at hand at once after a connection was changed', async () => {
    await query('SELECT 1')
    const body = { id: 'other', kind: 'openai', name: 'Other', fields: {} }
    expect((await server.call('POST', '/api/connections', { body })).status).toBe(201)
    // Another pool would wait for the session that the first one holds, longer than it may take here.
    const answer = await server.call('POST', '/api/connections/embedded-postgres/query', {
      body: { statement: 'SELECT 2', parameters: [], timeoutSeconds: 10 },
    })
    expect(answer.json.rows).toEqual([[2]])
  })

  it('says who holds its directory, and works when it is free', async () => {
    await query('SELECT 1')
    await server.restart()
    const lock = lockDirectory(directory())
    const { status, json } = await query('SELECT 1')
    expect([status, json.error.code]).toEqual([503, 'database_unavailable'])
    expect(json.error.message).toContain(`is in use by process ${process.pid}`)
    const { json: test } = await server.call('POST', '/api/connections/embedded-postgres/test')
    expect(test).toMatchObject({ ok: false, details: { summary: 'Another process uses it' } })
    lock.release()
    expect((await query('SELECT 1')).json.rows).toEqual([[1]])
  })
})
