import { createTableStatements } from '@millrace/nodes'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

const url = process.env['TEST_PG_URL'] ?? ''
if (url === '') console.warn('TEST_PG_URL is not set: look-ups in a real database are left out.')

/** Of this file alone: others may use the same server. */
const schema = `routes_${process.pid}`
let server: TestServer

beforeAll(async () => {
  server = await startTestServer()
  const body = {
    id: 'real',
    kind: 'postgres',
    name: 'Real',
    fields: { connectionString: url || 'postgres://nobody@127.0.0.1:1/none?sslmode=disable' },
  }
  expect((await server.call('POST', '/api/connections', { body })).status).toBe(201)
})
afterAll(() => server.close())

const query = (statement: string, more: object = {}) =>
  server.call('POST', '/api/connections/real/query', { body: { statement, ...more } })

describe('looking into a database', () => {
  it('is refused for a connection that leads to none', async () => {
    const { status, json } = await server.call('GET', '/api/connections/demo/tables')
    expect([status, json.error.code]).toEqual([400, 'bad_request'])
  })

  it('says that a database cannot be reached', async () => {
    const body = {
      id: 'nowhere',
      kind: 'postgres',
      name: 'Nowhere',
      fields: { host: '127.0.0.1', port: 1, database: 'none', user: 'nobody', tls: 'off' },
    }
    await server.call('POST', '/api/connections', { body })
    const { status, json } = await server.call('GET', '/api/connections/nowhere/tables')
    expect([status, json.error.code, json.error.path]).toEqual([
      503,
      'database_unavailable',
      'connection',
    ])
    const test = await server.call('POST', '/api/connections/nowhere/test')
    expect(test.json).toMatchObject({
      ok: false,
      details: { summary: 'Nothing listens there', code: 'database_unavailable' },
    })
  })

  it('refuses a request that it cannot read', async () => {
    expect((await server.call('GET', '/api/connections/real/table')).status).toBe(400)
    const parameters = [{ name: 'a', type: 'money', value: 1 }]
    expect((await query('SELECT @a', { parameters })).status).toBe(400)
    for (const names of [["a' --"], [''], ['1'], ['a', 'A']]) {
      const named = names.map((name) => ({ name, type: 'auto', value: 1 }))
      expect((await query('SELECT @a', { parameters: named })).status).toBe(400)
    }
  })
})

describe.skipIf(url === '')('looking into a real PostgreSQL', () => {
  beforeAll(async () => {
    await query(`CREATE SCHEMA ${schema}`, { commit: true })
    const statements = createTableStatements('postgres', {
      table: `${schema}.Chunks`,
      columns: [
        { name: 'id', type: 'uuid', key: true, nullable: false },
        { name: 'content', type: 'text', key: false, nullable: true },
        { name: 'embedding', type: 'vector', key: false, nullable: false, dimensions: 3 },
      ],
    })
    for (const statement of statements) {
      expect((await query(statement, { commit: true })).json).toMatchObject({ rows: [] })
    }
  })
  afterAll(async () => {
    await query(`DROP SCHEMA ${schema} CASCADE`, { commit: true })
  })

  it('[Q23] lists tables and reads one that Create table made', async () => {
    const tables = await server.call('GET', `/api/connections/real/tables?search=${schema}.ch`)
    expect(tables.json).toEqual({ tables: [{ schema, name: 'Chunks' }] })
    const { json } = await server.call('GET', `/api/connections/real/table?name=${schema}.chunks`)
    expect(json.table).toEqual({
      schema,
      name: 'Chunks',
      columns: [
        {
          name: 'id',
          databaseType: 'uuid',
          type: 'uuid',
          nullable: false,
          key: true,
          hasDefault: false,
        },
        {
          name: 'content',
          databaseType: 'text',
          type: 'text',
          nullable: true,
          key: false,
          hasDefault: false,
        },
        {
          name: 'embedding',
          databaseType: 'vector(3)',
          type: 'vector',
          nullable: false,
          key: false,
          hasDefault: false,
          dimensions: 3,
        },
      ],
      uniqueKeys: [['id']],
    })
  })

  it('[Q23] answers 404 with the nearest names for a table that is not there', async () => {
    const name = `${schema}.chnuks`
    const { status, json } = await server.call('GET', `/api/connections/real/table?name=${name}`)
    expect([status, json.error.code]).toEqual([404, 'not_found'])
    expect(json.error.details.suggestions).toEqual([`${schema}.Chunks`])
  })

  it('[Q16] undoes what a statement changes, unless it is to be kept', async () => {
    const insert = `INSERT INTO ${schema}."Chunks" VALUES (gen_random_uuid(), @content, @vector) RETURNING content, embedding`
    const parameters = [
      { name: 'content', type: 'text', value: 'Hello' },
      { name: 'vector', type: 'vector', value: [1, 2, 3] },
    ]
    const tried = await query(insert, { parameters })
    expect(tried.json).toMatchObject({
      columns: [
        { name: 'content', type: 'text' },
        { name: 'embedding', type: 'vector' },
      ],
      rows: [['Hello', [1, 2, 3]]],
      affected: 1,
      isCut: false,
    })
    const count = `SELECT count(*) FROM ${schema}."Chunks"`
    expect((await query(count)).json.rows).toEqual([[0]])
    await query(insert, { parameters, commit: true })
    expect((await query(count)).json.rows).toEqual([[1]])
  })

  it('[Q15] cuts a result that is long', async () => {
    const { json } = await query('SELECT * FROM generate_series(1, 5000)')
    expect(json.rows).toHaveLength(1000)
    expect(json.isCut).toBe(true)
  })

  it('[Q21] says where a statement is wrong', async () => {
    const { status, json } = await query('SELECT @a,\n  nothing', {
      parameters: [{ name: 'a', type: 'integer', value: 1 }],
    })
    expect([status, json.error.code]).toEqual([502, 'database_failed'])
    expect(json.error.details).toMatchObject({ sqlState: '42703', line: 2, column: 3 })
  })

  it('tells what answers there when it is tested', async () => {
    const { json } = await server.call('POST', '/api/connections/real/test')
    expect(json).toMatchObject({ ok: true, details: { summary: 'It works' } })
    expect(json.details.server).toMatch(/^PostgreSQL \d+/)
    expect(json.details.findings).toContainEqual({ label: 'TLS', value: 'off' })
  })
})
