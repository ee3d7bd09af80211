import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

const login = { host: 'db.example.com', database: 'shop', user: 'app' }
const connectionString = 'postgres://app:s3cret@db.example.com/shop?sslmode=require'

async function create(id: string, fields: object, kind = 'postgres') {
  return server.call('POST', '/api/connections', { body: { id, kind, name: 'Shop', fields } })
}

/** Replaces the first revision; gives the fields that are stored then, or what was refused. */
async function replace(id: string, fields: object) {
  const { json } = await server.call('PUT', `/api/connections/${id}`, {
    body: { name: 'Shop', fields },
    headers: { 'if-match': '"1"' },
  })
  return json.fields ?? json.error.details.problems
}

describe('a connection that can be filled in in several ways', () => {
  it('needs what is required in the way that it takes, and nothing of another', async () => {
    expect((await create('by-login', login)).status).toBe(201)
    expect((await create('by-string', { connectionString })).status).toBe(201)
    const half = await create('half', { host: 'db.example.com' })
    expect(half.json.error.details.problems).toMatchObject([
      { code: 'property_missing', property: 'database' },
      { code: 'property_missing', property: 'user' },
    ])
  })

  it('takes the usual way when it gives nothing', async () => {
    const { json } = await create('empty', {})
    expect(json.error.details.problems).toMatchObject([
      { property: 'host' },
      { property: 'database' },
      { property: 'user' },
    ])
  })

  it('has a field of every way in each', async () => {
    expect((await create('patient', { connectionString, connectTimeoutSeconds: 5 })).status).toBe(
      201,
    )
  })

  it('refuses fields of two ways', async () => {
    const { status, json } = await create('both', { ...login, connectionString })
    expect(status).toBe(400)
    expect(json.error.details.problems).toEqual([
      {
        code: 'property_invalid',
        severity: 'error',
        message:
          '"Connection string" does not go with "Host and user", by which this connection is filled in. Remove one of the two.',
        property: 'connectionString',
      },
    ])
  })

  it('tells ways apart by the fields that only one of them has', async () => {
    const principal = { tenantId: 't', clientId: 'c', clientSecret: 's' }
    const place = { host: 'x.database.windows.net', database: 'shop' }
    expect((await create('entra', { ...place, ...principal }, 'sqlserver')).status).toBe(201)
    const { json } = await create('mixed', { ...place, ...principal, user: 'app' }, 'sqlserver')
    expect(json.error.details.problems).toMatchObject([
      { property: 'password' },
      { property: 'tenantId' },
      { property: 'clientId' },
      { property: 'clientSecret' },
    ])
  })
})

describe('a change of the way', () => {
  it('clears the secrets of the one that was left', async () => {
    await create('to-string', { ...login, password: 'pw' })
    expect(await replace('to-string', { connectionString })).toEqual({
      connectionString: { set: true },
    })
    await create('to-login', { connectionString })
    expect(await replace('to-login', login)).toEqual(login)
  })

  it('is none when only a field of every way is given', async () => {
    await create('stays', { connectionString })
    expect(await replace('stays', { connectTimeoutSeconds: 5 })).toEqual({
      connectionString: { set: true },
      connectTimeoutSeconds: 5,
    })
  })
})

describe('the secrets of a database connection', () => {
  it('stay when the address does, and go when host or port change', async () => {
    const stored = { ...login, password: 'pw' }
    await create('same', stored)
    expect(await replace('same', { ...login, user: 'other' })).toEqual({
      ...login,
      user: 'other',
      password: { set: true },
    })
    for (const [id, change] of [
      ['other-host', { host: 'evil.example.com' }],
      ['other-port', { port: 5433 }],
    ] as const) {
      await create(id, stored)
      expect(await replace(id, { ...login, ...change })).toEqual({ ...login, ...change })
    }
  })

  it('are replaced whole when they are a connection string', async () => {
    await create('string', { connectionString })
    const { text } = await server.call('GET', '/api/connections/string')
    expect(text).not.toContain('s3cret')
    const other = 'postgres://app@evil.example.com/shop'
    expect(await replace('string', { connectionString: other })).toEqual({
      connectionString: { set: true },
    })
  })
})

describe('an HTTP connection', () => {
  const baseUrl = 'https://api.example.com'

  it('needs no credential, and takes each of its kinds', async () => {
    for (const [id, fields] of Object.entries({
      'http-none': {},
      'http-bearer': { token: 't' },
      'http-user': { user: 'key' },
      'http-header': { headerName: 'x-api-key', headerValue: 'k' },
      'http-oauth': { tokenUrl: `${baseUrl}/token`, clientId: 'c', clientSecret: 's' },
    })) {
      expect((await create(id, { baseUrl, ...fields }, 'http')).status, id).toBe(201)
    }
    const mixed = await create('http-mixed', { baseUrl, token: 't', user: 'u' }, 'http')
    expect(mixed.json.error.details.problems).toMatchObject([{ code: 'property_invalid' }])
  })

  it('gives its credential up when that is taken away', async () => {
    expect(await replace('http-bearer', { baseUrl, token: null })).toEqual({ baseUrl })
  })

  it('loses its credential with another address', async () => {
    const moved = { baseUrl: 'https://evil.example', headerName: 'x-api-key' }
    expect(await replace('http-header', moved)).toEqual(moved)
  })
})
