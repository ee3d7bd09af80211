import { connect } from 'node:net'
import { TLSSocket } from 'node:tls'
import type { Connection, Services } from '@millrace/engine'
import { fakeServices } from '@millrace/engine/testing'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { openDatabase } from '../sql/open-database.server.ts'
import { selfSigned } from '@millrace/tds-loopback/self-signed'
import { openPostgres } from './open-postgres.server.ts'
import { postgresAccess } from './postgres-access.server.ts'
import { testPostgres } from './test-postgres.server.ts'
import { errorResponse, startScriptedServer } from './testing/scripted-server.server.ts'
import { serverUrl } from './testing/test-database.server.ts'

type Fields = Readonly<Record<string, unknown>>

const connectionWith = (fields: Fields): Connection => ({
  id: 'test',
  kind: 'postgres',
  name: 'Docs',
  fields: { connectTimeoutSeconds: 5, ...fields },
})
const login = { host: '127.0.0.1', database: 'docs', user: 'app', tls: 'off' }
const free: Services = fakeServices()

/** Runs a statement on a connection of these fields. */
async function ask(fields: Fields, services = free, statement = 'SELECT 1') {
  const database = await openPostgres(connectionWith(fields), services)
  try {
    return await database.withSession(
      { signal: new AbortController().signal, timeoutSeconds: 5 },
      (session) => session.run(statement),
    )
  } finally {
    await database.close()
  }
}

/** The ways to sign in that a server offers. */
function saslOffer(mechanism: string): Buffer {
  const names = Buffer.from(`${mechanism}\0\0`)
  const head = Buffer.alloc(9)
  head.write('R')
  head.writeInt32BE(8 + names.length, 1)
  head.writeInt32BE(10, 5)
  return Buffer.concat([head, names])
}

afterEach(() => {
  vi.unstubAllEnvs()
})

describe('a PostgreSQL that cannot be reached', () => {
  it('[Q22] fails when nothing listens there', async () => {
    await expect(ask({ ...login, port: 1 })).rejects.toMatchObject({
      code: 'database_unavailable',
      retryable: true,
      property: 'connection',
      message:
        '"Docs" cannot be reached at 127.0.0.1:1: nothing listens there. Check host and port of the connection, and whether the server runs.',
    })
  })

  it('[Q22] fails when its name is not known', async () => {
    await expect(ask({ ...login, host: 'nowhere.invalid' })).rejects.toMatchObject({
      code: 'database_unavailable',
      property: 'connection',
      details: { reason: 'unknown_name' },
    })
  })

  it.each([
    ['28P01', 'database_unauthorized', false],
    ['28000', 'database_unauthorized', false],
    ['3D000', 'database_failed', false],
    ['57P03', 'database_unavailable', true],
    ['53300', 'database_unavailable', true],
  ])('[Q22] fails when it answers %s', async (sqlState, code, retryable) => {
    await using server = await startScriptedServer((socket) => {
      socket.end(errorResponse(sqlState, 'password "s3cret" is wrong'))
    })
    const asked = ask({ ...login, port: server.port, password: 's3cret' })
    await expect(asked).rejects.toMatchObject({
      code,
      retryable,
      property: 'connection',
      details: { sqlState },
      message: expect.not.stringContaining('s3cret') as string,
    })
  })

  it('[Q22] fails when it closes the connection at once', async () => {
    await using server = await startScriptedServer((socket) => socket.end())
    await expect(ask({ ...login, port: server.port })).rejects.toMatchObject({
      code: 'database_unavailable',
      retryable: true,
    })
  })

  it('[Q22] fails when it says nothing', async () => {
    await using server = await startScriptedServer(() => {})
    const asked = ask({ ...login, port: server.port, connectTimeoutSeconds: 1 })
    await expect(asked).rejects.toMatchObject({
      code: 'database_unavailable',
      message: expect.stringContaining('did not take a connection') as string,
    })
  })

  it('[Q22] fails when it is something else', async () => {
    await using server = await startScriptedServer((socket) => {
      socket.end('HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n')
    })
    await expect(ask({ ...login, port: server.port })).rejects.toMatchObject({
      code: 'database_unavailable',
      property: 'connection',
    })
  })

  it.each([
    ['a way to sign in that nobody knows', Buffer.from('R\0\0\0\x08\0\0\0\x07', 'latin1')],
    ['ways to sign in that are not known here', saslOffer('UNKNOWN-1')],
    ['a message of a kind that is none', Buffer.from('?\0\0\0\x04', 'latin1')],
    ['a message without a length', Buffer.from('R\0\0\0\0', 'latin1')],
    ['a message that is said to be very long', Buffer.from('R\xff\xff\xff\xff', 'latin1')],
    ['an error without an end', Buffer.from('E\0\0\0\x08SX\0M', 'latin1')],
    ['a notice without an end', Buffer.from('N\0\0\0\x07SX\0', 'latin1')],
    ['an empty error', Buffer.from('E\0\0\0\x04', 'latin1')],
  ])('[Q18] [Q22] fails when it sends %s', async (_, bytes) => {
    await using server = await startScriptedServer((socket) => socket.end(bytes))
    await expect(ask({ ...login, port: server.port })).rejects.toMatchObject({
      code: expect.stringMatching(/^database_una/) as string,
      property: 'connection',
    })
  })

  it('[Q22] fails when it does not encrypt, and says what to do', async () => {
    await using server = await startScriptedServer((socket) => socket.write('N'))
    await expect(ask({ ...login, port: server.port, tls: 'verify' })).rejects.toMatchObject({
      code: 'database_unavailable',
      retryable: false,
      details: { reason: 'no_tls' },
    })
  })

  it('[Q22] is given up when the run ends', async () => {
    await using server = await startScriptedServer(() => run.abort(new Error('The run ended.')))
    const run = new AbortController()
    const database = await openPostgres(connectionWith({ ...login, port: server.port }), free)
    const asked = database.withSession({ signal: run.signal, timeoutSeconds: 5 }, () =>
      Promise.resolve(),
    )
    await expect(asked).rejects.toThrow('The run ended.')
  })
})

describe('where a PostgreSQL is', () => {
  const refusing = { ...free, mayConnect: () => false }

  it.each([
    [{ ...login, port: 5432 }],
    [{ ...login, host: 'localhost', port: 5432 }],
    [{ connectionString: 'postgres://app@127.0.0.1/docs?sslmode=disable' }],
    [{ connectionString: 'postgres://app@%2Fvar%2Frun%2Fpostgresql/docs?sslmode=disable' }],
  ])('[Q20] is refused where the server may not connect: %j', async (fields) => {
    await expect(ask(fields, refusing)).rejects.toMatchObject({
      code: 'address_refused',
      property: 'connection',
    })
  })

  it('[Q20] is never a file on this machine', async () => {
    const connectionString = 'postgres://app@%2Fvar%2Frun%2Fpostgresql/docs?sslmode=disable'
    await expect(ask({ connectionString })).rejects.toMatchObject({ code: 'address_refused' })
  })

  it('[Q20] is asked with the address that its name leads to', async () => {
    const asked: unknown[] = []
    const services = { ...free, mayConnect: (target: unknown) => asked.push(target) < 0 }
    await expect(ask({ ...login, host: 'localhost', port: 5432 }, services)).rejects.toThrow()
    expect(asked).toContainEqual({ host: 'localhost', port: 5432, address: '127.0.0.1' })
  })

  it.each([
    ['not a string'],
    ['host=db user=app'],
    ['https://app@db.example.com/docs'],
    ['postgres://app@db.example.com/docs?sslmode=maybe'],
    ['postgres:///docs'],
  ])('[Q22] is not taken from the connection string %j', async (connectionString) => {
    await expect(ask({ connectionString })).rejects.toMatchObject({
      code: 'database_unavailable',
      property: 'connection',
      message: expect.not.stringContaining(connectionString) as string,
    })
  })

  it.each([
    { port: 99_999 },
    { port: 0 },
    { port: 5432.5 },
    { host: ' ' },
    { database: ' ' },
    { user: ' ' },
    { connectionString: 'postgres://app@127.0.0.1:0/docs?sslmode=disable' },
  ])('[Q19] [Q22] is taken from nowhere else when the connection lacks it: %j', async (fields) => {
    await expect(ask({ ...login, ...fields })).rejects.toMatchObject({
      code: 'database_unavailable',
      property: 'connection',
      details: { reason: 'incomplete' },
    })
  })

  it.each([0, -1, 1e9])(
    '[Q22] is waited for no longer than a while, not for %i s',
    async (seconds) => {
      const connection = connectionWith({ ...login, connectTimeoutSeconds: seconds })
      const { connectionTimeoutMillis } = postgresAccess(connection, free).config
      expect(connectionTimeoutMillis).toBe(seconds > 0 ? 600_000 : 60_000)
    },
  )

  it('[Q19] reads no file that a connection string names', async () => {
    const connectionString =
      'postgres://app@127.0.0.1:1/docs?sslmode=disable&sslrootcert=/nowhere&sslkey=/nowhere'
    await expect(ask({ connectionString })).rejects.toMatchObject({
      details: { reason: 'nothing_listens' },
    })
  })
})

it('tells what is wrong when a connection is tested, without its secrets', async () => {
  await using server = await startScriptedServer((socket) => {
    socket.end(errorResponse('28P01', 'password "s3cret" is wrong'))
  })
  const fields = { ...login, port: server.port, password: 's3cret' }
  const test = await testPostgres(connectionWith(fields), free)
  expect(test).toEqual({
    ok: false,
    message: '"Docs" refused the user or the password (28P01). Check both in the connection.',
    details: { summary: 'The login was refused', code: 'database_unauthorized' },
  })
})

it('[Q21] repeats no secret that a server says again', async () => {
  await using server = await startScriptedServer((socket) => {
    // It lets everybody in, and refuses every statement with what it knows.
    socket.write(Buffer.from('R\0\0\0\x08\0\0\0\0Z\0\0\0\x05I', 'latin1'))
    const refusal = errorResponse('42601', 'I know s3cret!')
    socket.on('data', () => socket.write(Buffer.concat([refusal, Buffer.from('Z\0\0\0\x05I')])))
  })
  const connectionString = `postgres://app:s3cret%21@127.0.0.1:${server.port}/docs?sslmode=disable`
  await expect(ask({ connectionString })).rejects.toMatchObject({
    code: 'database_failed',
    message: expect.stringContaining('I know [secret]') as string,
  })
})

it('[Q18] shares one pool between runs until the connection is opened anew', async () => {
  const connection = connectionWith({ ...login, port: 1 })
  const first = await openDatabase(connection, free)
  expect(await openDatabase(connection, free)).toBe(first)
  expect(await openDatabase({ ...connection }, free)).not.toBe(first)
})

describe.skipIf(serverUrl === undefined)('a real PostgreSQL', () => {
  const url = new URL(serverUrl ?? 'postgres://nobody@127.0.0.1:1/none')
  const real = {
    host: url.hostname,
    port: Number(url.port),
    database: url.pathname.slice(1),
    user: url.username,
    tls: 'off',
  }

  it('[Q22] has no database of a name that it does not know', async () => {
    await expect(ask({ ...real, database: 'no_such_database' })).rejects.toMatchObject({
      code: 'database_failed',
      property: 'connection',
      details: { reason: 'unknown_database' },
    })
  })

  it('[Q19] is asked as the connection says, whatever the environment has', async () => {
    const environment = {
      PGHOST: 'nowhere.invalid',
      PGPORT: '1',
      PGUSER: 'nobody',
      PGPASSWORD: 'wrong',
      PGDATABASE: 'none',
      PGSSLMODE: 'require',
      PGOPTIONS: '-c search_path=nowhere',
      PGAPPNAME: 'other',
      PGREPLICATION: 'true',
    }
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value)
    const question =
      "SELECT current_user, current_database(), current_setting('search_path'), current_setting('application_name')"
    expect((await ask(real, free, question)).rows).toEqual([
      [real.user, real.database, '"$user", public', 'Millrace'],
    ])
  })

  /** Encrypts for the real server, with a certificate that nobody trusts. */
  const startEncrypting = () =>
    startScriptedServer((socket) => {
      socket.write('S')
      const encrypted = new TLSSocket(socket, { isServer: true, ...selfSigned })
      const server = connect(real.port, real.host)
      encrypted.on('error', () => server.destroy())
      server.on('error', () => encrypted.destroy())
      encrypted.pipe(server).pipe(encrypted)
    })

  it('[Q22] is refused when its certificate is not trusted', async () => {
    await using server = await startEncrypting()
    const fields = { ...real, host: '127.0.0.1', port: server.port, tls: 'verify' }
    await expect(ask(fields)).rejects.toMatchObject({
      code: 'database_unavailable',
      property: 'connection',
      details: { reason: 'certificate' },
    })
    const connectionString = `postgres://${real.user}@127.0.0.1:${server.port}/${real.database}`
    await expect(ask({ connectionString })).rejects.toMatchObject({
      details: { reason: 'certificate' },
    })
  })

  it('answers encrypted when its certificate is not to be checked', async () => {
    await using server = await startEncrypting()
    const fields = { ...real, host: '127.0.0.1', port: server.port, tls: 'require' }
    expect((await ask(fields)).rows).toEqual([[1]])
    const connectionString = `postgres://${real.user}@127.0.0.1:${server.port}/${real.database}?sslmode=require`
    expect((await ask({ connectionString })).rows).toEqual([[1]])
  })
})
