import type { Connection, Services } from '@millrace/engine'
import { fakeServices, rounds, roundsTimeout } from '@millrace/engine/testing'
import { toFlowError, type FlowError } from '@millrace/flow'
import type { TdsLoopback } from '@millrace/tds-loopback'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { OwnedDatabase, SessionOptions, SqlSession } from '../sql/database.ts'
import { autoParameters } from '../sql/testing/sql-under-test.server.ts'
import { selfSigned } from '@millrace/tds-loopback/self-signed'
import { openSqlServer } from './open-sqlserver.server.ts'
import { startSqlServer } from './testing/start-sqlserver.server.ts'
import { sqlServerAccess } from './sqlserver-access.server.ts'
import { loopbackConnection } from './testing/sqlserver-under-test.server.ts'

let loopback: TdsLoopback
let database: OwnedDatabase

beforeAll(async () => {
  loopback = await startSqlServer()
  database = await open()
  await run(`CREATE TABLE Orders (
    Id int IDENTITY(1,1) PRIMARY KEY, Code varchar(8) NOT NULL UNIQUE, [Full Name] nvarchar(10) NULL,
    Price decimal(10,2) NULL, Doubled AS (Price * 2), Paid datetime2 NULL, Photo varbinary(max) NULL)`)
}, 30_000)

afterAll(async () => {
  await database.close()
  await loopback[Symbol.asyncDispose]()
})

function open(fields: Readonly<Record<string, unknown>> = {}, services: Partial<Services> = {}) {
  const connection: Connection = loopbackConnection(loopback, fields)
  return openSqlServer(connection, { ...fakeServices(), ...services })
}

function session<T>(
  options: Partial<SessionOptions>,
  work: (session: SqlSession) => Promise<T>,
  on = database,
): Promise<T> {
  const signal = new AbortController().signal
  return on.withSession({ signal, timeoutSeconds: 30, ...options }, work)
}

function run(statement: string, values: Readonly<Record<string, unknown>> = {}, on = database) {
  return session({}, (asked) => asked.run(statement, autoParameters(values)), on)
}

async function failureOf(running: Promise<unknown>): Promise<FlowError> {
  return running.then(
    () => expect.unreachable('It should fail.'),
    (error: unknown) => toFlowError(error),
  )
}

/** How opening and asking fails, and nothing stays open. */
async function failureToOpen(
  fields: Readonly<Record<string, unknown>>,
  services: Partial<Services> = {},
): Promise<FlowError> {
  try {
    const opened = await open(fields, services)
    const error = await failureOf(run('SELECT 1', {}, opened))
    await opened.close()
    return error
  } catch (error) {
    return toFlowError(error)
  }
}

describe('values', () => {
  it('come as plain JSON, with the types in the words of SQL Server', async () => {
    const { columns, rows } = await run(`
      SELECT CAST(1 AS bit) AS a, CAST(9007199254740993 AS bigint) AS b, CAST(1.50 AS decimal(10,2)) AS c,
        CAST('2026-11-26' AS date) AS d, CAST('2026-11-26 10:20:30.5' AS datetime2) AS e,
        CAST('2026-11-26 12:20:30+02:00' AS datetimeoffset) AS f,
        CAST('6F9619FF-8B86-D011-B42D-00C04FC964FF' AS uniqueidentifier) AS g, NULL AS a`)
    expect(columns.map(({ name, type }) => `${name} ${type}`)).toEqual([
      'a bit',
      'b bigint',
      'c decimal',
      'd date',
      'e datetime2',
      'f datetimeoffset',
      'g uniqueidentifier',
      'a nvarchar',
    ])
    expect(rows).toEqual([
      [
        true,
        '9007199254740993',
        1.5,
        '2026-11-26',
        '2026-11-26T10:20:30.5',
        '2026-11-26T10:20:30Z',
        '6f9619ff-8b86-d011-b42d-00c04fc964ff',
        null,
      ],
    ])
  })

  it('of the first result of a batch are what it gives', async () => {
    const { rows } = await run('SET NOCOUNT ON; SELECT @a AS n; SELECT 2 AS m, 3 AS o', { a: 1 })
    expect(rows).toEqual([[1]])
  })
})

describe('writing a row', () => {
  async function upsert(values: Readonly<Record<string, unknown>>, keys: readonly string[]) {
    return await session({ transaction: 'commit' }, async (asked) => {
      const table = await database.dialect.findTable(asked, 'dbo.ORDERS')
      const cells = Object.entries(values).map(([name, value]) => {
        const column = table.columns.find((candidate) => candidate.name === name)
        if (column === undefined) throw new Error(`No column ${name}.`)
        return { column, key: keys.includes(name), value }
      })
      return await database.dialect.upsertRow(asked, table, cells)
    })
  }

  it('[Q29] converts by the type of each column, bytes too', async () => {
    const row = {
      Code: 'a-1',
      'Full Name': 'Ünï 漢',
      Price: '12.50',
      Paid: '2026-11-26T14:00:00.5+02:00',
      Photo: 'AQL/',
    }
    expect(await upsert(row, ['Code'])).toBe('INSERT')
    expect(await upsert({ ...row, Photo: null }, ['Code'])).toBe('UPDATE')
    expect(await upsert({ Code: 'a-1', Photo: 'AQL/' }, ['Code'])).toBe('UPDATE')
    const { rows } = await run(
      `SELECT Code, [Full Name], Price, Doubled, Paid, Photo FROM Orders WHERE Code = 'a-1'`,
    )
    expect(rows).toEqual([['a-1', 'Ünï 漢', 12.5, 25, '2026-11-26T12:00:00.5', 'AQL/']])
  })

  it('[Q29] never cuts a text that is too long for its column', async () => {
    const error = await failureOf(upsert({ Code: 'a-2', 'Full Name': 'x'.repeat(11) }, ['Code']))
    expect([error.code, error.details?.['number']]).toEqual(['database_failed', 8152])
    const key = await failureOf(upsert({ Code: 'x'.repeat(9) }, ['Code']))
    expect(key.details?.['number']).toBe(8152)
  })

  it('[Q29] refuses bytes that are no Base64', async () => {
    const error = await failureOf(upsert({ Code: 'a-6', Photo: 'no base64!' }, ['Code']))
    expect(error.code).toBe('input_invalid')
  })

  it('[Q24] knows which columns the database alone writes, and which it numbers', async () => {
    const { columns, uniqueKeys } = await session({}, (asked) =>
      database.dialect.findTable(asked, '[dbo].[Orders]'),
    )
    expect(uniqueKeys).toEqual([['Id'], ['Code']])
    expect(
      columns.map(({ name, databaseType, hasDefault, isGenerated }) => [
        name,
        databaseType,
        hasDefault,
        isGenerated,
      ]),
    ).toEqual([
      ['Id', 'int', true, undefined],
      ['Code', 'varchar(8)', false, undefined],
      ['Full Name', 'nvarchar(10)', false, undefined],
      ['Price', 'decimal(10,2)', false, undefined],
      ['Doubled', 'decimal(38,6)', true, true],
      ['Paid', 'datetime2(7)', false, undefined],
      ['Photo', 'varbinary(max)', false, undefined],
    ])
  })

  it('[Q29] finds a row by the number that the database gave it, and makes none with it', async () => {
    const { rows } = await run(`INSERT INTO Orders (Code) OUTPUT inserted.Id VALUES ('a-3')`)
    const id = rows[0]?.[0]
    expect(await upsert({ Id: id, Code: 'a-4' }, ['Id'])).toBe('UPDATE')
    expect(await upsert({ Id: id }, ['Id'])).toBe('UPDATE')
    const missing = await failureOf(upsert({ Id: 4242, Code: 'a-5' }, ['Id']))
    const unfit = await failureOf(upsert({ Code: 'a-4', Id: 7 }, ['Code']))
    expect([missing, unfit].map(({ message }) => message)).toEqual([
      '"Orders" has no row with this Id, and a new one cannot have it: the database numbers its rows itself. Take another column as the key.',
      'The column "Id" of "Orders" is numbered by the database. Leave it out, or make it the key.',
    ])
  })
})

describe('errors', () => {
  it('[Q21] name the line, and the nearest table, column or parameter', async () => {
    const table = await failureOf(run('-- which\nSELECT *\nFROM dbo.Order_'))
    const column = await failureOf(run('SELECT Code,\n  Pric\nFROM Orders'))
    const parameter = await failureOf(run('SELECT @cod', { code: 1 }))
    const syntax = await failureOf(run('SELECT Code\nFROM Orders\nWERE Id = 1'))
    expect([table, column, parameter, syntax].map(({ message }) => message)).toEqual([
      `"Sales" refused the statement (line 3): Invalid object name 'dbo.Order_'. Check the name of the table, and its schema. Did you mean Orders?`,
      `"Sales" refused the statement (line 2): Invalid column name 'Pric'. Check the name of the column. Did you mean Price?`,
      `"Sales" refused the statement (line 1): Must declare the scalar variable "@cod". Did you mean @code?`,
      `"Sales" refused the statement (line 3): Incorrect syntax near 'Id'. Correct it at this place.`,
    ])
    expect(table.details).toMatchObject({ number: 208, line: 3, suggestions: ['Orders'] })
    expect(column.details).toMatchObject({ number: 207, line: 2, suggestions: ['Price'] })
    expect(syntax.details).toEqual({ number: 102, line: 3 })
  })

  it('[Q21] say no value, neither a bound one nor one that the server quotes', async () => {
    await run(`INSERT INTO Orders (Code) VALUES ('top-sec')`)
    const twice = await failureOf(run('INSERT INTO Orders (Code) VALUES (@c)', { c: 'top-sec' }))
    const quoted = await failureOf(
      run(`SELECT CAST(Code AS int) FROM Orders WHERE Code = 'top-sec'`),
    )
    loopback.failNext({
      kind: 'error',
      error: {
        number: 2628,
        message: `String or binary data would be truncated in table 'dbo.Orders', column 'Code'. Truncated value: 'top-sec'.`,
      },
    })
    const cut = await failureOf(run('SELECT 1'))
    expect([twice.details?.['number'], quoted.details?.['number']]).toEqual([2627, 245])
    for (const error of [twice, quoted, cut]) {
      expect(JSON.stringify([error.message, error.toShape()])).not.toContain('top-sec')
    }
    expect(twice.message).toContain('There is a row with this key already')
  })

  it('tell whether trying again may help', async () => {
    const failing = async (number: number) => {
      loopback.failNext({ kind: 'error', error: { number, message: 'So it is.' } })
      const { code, retryable, details } = await failureOf(run('SELECT 1'))
      return { code, retryable, details }
    }
    expect(await failing(1205)).toEqual({
      code: 'database_failed',
      retryable: true,
      details: { number: 1205, line: 1 },
    })
    expect(await failing(40_613)).toEqual({
      code: 'database_unavailable',
      retryable: true,
      details: { number: 40_613 },
    })
    expect(await failing(229)).toMatchObject({ code: 'database_failed', retryable: false })
  })

  it('name the procedure that they are in', async () => {
    loopback.failNext({
      kind: 'error',
      error: { number: 50_001, message: 'No stock.', line: 7, procedure: 'dbo.Ship' },
    })
    const error = await failureOf(run('SELECT 1'))
    expect(error.details).toEqual({ number: 50_001, line: 7, procedure: 'dbo.Ship' })
  })
})

describe('connecting', () => {
  it('[Q22] tells a wrong password, a database and a server that are not there', async () => {
    const failures = [
      await failureToOpen({ password: 'wr0ng-pass' }),
      await failureToOpen({ database: 'nope' }),
      await failureToOpen({ port: 1 }),
      await failureToOpen({ host: 'nowhere.invalid' }),
    ]
    expect(failures.map(({ code, property }) => [code, property])).toEqual([
      ['database_unauthorized', 'connection'],
      ['database_failed', 'connection'],
      ['database_unavailable', 'connection'],
      ['database_unavailable', 'connection'],
    ])
    const said = failures.map(({ message }) => message.replace(String(loopback.port), '1433'))
    expect(said.join('\n')).toMatchInlineSnapshot(`
      ""Sales" refused the user or the password (18456). Check both in the connection.
      The server of "Sales" has no such database, or does not open it to this user (4060). Check the name of the database in the connection.
      "Sales" cannot be reached at localhost:1: nothing listens there. Check host and port of the connection, and whether the server runs and takes TCP connections.
      "Sales" cannot be reached at nowhere.invalid:1433: its name is not known. Check the host of the connection."
    `)
    expect(said.join()).not.toContain('wr0ng-pass')
  }, 15_000)

  it('[Q22] tells a server that takes no sessions at the moment, and a firewall', async () => {
    loopback.refuseLogins({ number: 40_615, message: 'Not from 192.0.2.7.', severity: 14 })
    const firewall = await failureToOpen({})
    loopback.refuseLogins({ number: 18_456, message: 'Login failed.', severity: 14 })
    const login = await failureToOpen({})
    loopback.refuseLogins({ number: 40_613, message: 'Not available.', severity: 17 })
    const busy = await failureToOpen({})
    loopback.refuseLogins(undefined)
    expect([firewall, login, busy].map((error) => [error.code, error.retryable])).toEqual([
      ['database_unavailable', false],
      ['database_unauthorized', false],
      ['database_unavailable', true],
    ])
    expect(firewall.message).not.toContain('192.0.2.7')
  }, 15_000)

  it('[Q20] dials no address that may not be reached', async () => {
    const asked: unknown[] = []
    const error = await failureToOpen(
      {},
      {
        mayConnect: (target) => {
          asked.push(target)
          return false
        },
      },
    )
    expect(error.code).toBe('address_refused')
    expect(asked).toContainEqual({ host: 'localhost', port: loopback.port, address: '127.0.0.1' })
  })

  it('[Q20] goes where a server sends it on to, if that may be reached', async () => {
    await using gateway = await startSqlServer({
      route: { host: '127.0.0.1', port: loopback.port },
    })
    const fields = { port: gateway.port }
    const sent = await open(fields)
    expect((await run('SELECT COUNT(*) FROM Orders WHERE Id = 0', {}, sent)).rows).toEqual([[0]])
    await sent.close()
    const mayConnect: Services['mayConnect'] = ({ port }) => port === gateway.port
    expect((await failureToOpen(fields, { mayConnect })).code).toBe('address_refused')
  }, 15_000)

  it('checks the certificate, unless the connection says not to', async () => {
    await using encrypted = await startSqlServer({ tls: selfSigned })
    const { port } = encrypted
    const refused = await failureToOpen({ port, encrypt: true, trustServerCertificate: false })
    expect([refused.code, refused.details?.['reason']]).toEqual([
      'database_unavailable',
      'certificate',
    ])
    const plain = await failureToOpen({ port, encrypt: false })
    expect(plain.details?.['reason']).toBe('needs_tls')
    const byAddress = await open({ host: '127.0.0.1', port, encrypt: true })
    expect((await run('SELECT 1', {}, byAddress)).rows).toEqual([[1]])
    await byAddress.close()
  }, 20_000)

  it.each([{ port: 99_999 }, { port: -1 }, { host: ' ' }])(
    '[Q19] [Q22] is not tried where the connection does not say where: %j',
    async (fields) => {
      const error = await failureToOpen(fields)
      expect([error.code, error.property, error.details?.['reason']]).toEqual([
        'database_unavailable',
        'connection',
        'incomplete',
      ])
    },
  )

  it('says so when the server does not encrypt', async () => {
    const error = await failureToOpen({ encrypt: true })
    expect(error.details?.['reason']).toBe('no_tls')
  })

  it('[Q15] asks the server for no more of a value than shows that it is too large', () => {
    const textSizeWith = (services: Services) =>
      sqlServerAccess(loopbackConnection(loopback), services).config.options?.textsize
    // A letter of a text in UTF-8 may have three bytes, and one in UTF-16 has two.
    expect(textSizeWith(fakeServices())).toBe(3 * 8 * 1024 * 1024 + 1024)
    const resultLimits = { rows: 2000, bytes: 1024 * 1024 }
    expect(textSizeWith({ ...fakeServices(), resultLimits })).toBe(3 * 1024 * 1024 + 1024)
  })

  it('takes a connection string, and nothing from it that is not for a designer to set', async () => {
    const login = 'User Id=sa;Password=Str0ng!Password;Encrypt=false'
    const stringOf = (server: string, rest = login) => ({
      connectionString: `Server=${server};Database=chat;${rest}`,
      host: undefined,
    })
    const opened = await open(stringOf(`tcp:localhost,${loopback.port}`))
    expect((await run('SELECT 1', {}, opened)).rows).toEqual([[1]])
    await opened.close()
    const failures = [
      await failureToOpen(stringOf('localhost\\SQLEXPRESS')),
      await failureToOpen(stringOf('localhost', 'Authentication=Active Directory Integrated')),
      await failureToOpen(stringOf('localhost', 'User Id=CORP\\sa;Password=s3cret')),
      await failureToOpen({ connectionString: 'this is none; s3cret' }),
    ]
    expect(failures.map(({ code }) => code)).toEqual(Array(4).fill('database_unavailable'))
    expect(failures.map(({ message }) => message).join('\n')).not.toContain('s3cret')
  })
})

describe('sessions', () => {
  it('[Q18] go on after the server was restarted', { timeout: roundsTimeout }, async () => {
    await run('SELECT 1')
    for (let restart = 0; restart < rounds({ short: 3, long: 100 }); restart += 1) {
      await loopback.stop()
      const error = await failureOf(run('SELECT 1'))
      expect([error.code, error.retryable]).toEqual(['database_unavailable', true])
      await loopback.start()
      expect((await run('SELECT 1')).rows).toEqual([[1]])
    }
  })

  it('[Q18] go on after one was cut off in the middle of a statement, or while nobody used it', async () => {
    loopback.failNext({ kind: 'drop' })
    const error = await failureOf(run('SELECT 1'))
    expect([error.code, error.retryable]).toEqual(['database_unavailable', true])
    expect((await run('SELECT 1')).rows).toEqual([[1]])
    loopback.disconnectAll()
    expect((await run('SELECT 1')).rows).toEqual([[1]])
  })

  it('serve more at once than there are', async () => {
    const numbers = Array.from({ length: 40 }, (_, number) => number)
    const results = await Promise.all(numbers.map((number) => run('SELECT @number', { number })))
    expect(results.map(({ rows }) => rows[0]?.[0])).toEqual(numbers)
    expect(loopback.clients).toBeLessThanOrEqual(10)
  })

  it('[Q16] keep nothing of a transaction in which a statement failed', async () => {
    const work = session({ transaction: 'commit' }, async (asked) => {
      await asked.run(`INSERT INTO Orders (Code) VALUES ('kept')`)
      await asked.run(`INSERT INTO Orders (Code) VALUES ('kept')`).catch(() => undefined)
    })
    await expect(work).rejects.toMatchObject({ code: 'database_failed' })
    expect((await run(`SELECT Code FROM Orders WHERE Code = 'kept'`)).rows).toEqual([])
  })

  it('[Q17] that leave a transaction open lose what it did, and hold nobody up', async () => {
    await run('BEGIN TRANSACTION; DELETE FROM Orders')
    expect((await run('SELECT @@TRANCOUNT')).rows).toEqual([[0]])
    expect((await run('SELECT COUNT(*) FROM Orders')).rows).not.toEqual([[0]])
  })

  it('[Q14] cancel at the server when the run ends, while they wait for a free one too', async () => {
    const run1 = new AbortController()
    loopback.failNext({ kind: 'stall' })
    const before = loopback.attentions
    const stalled = session({ signal: run1.signal }, (asked) => asked.run('SELECT 42'))
    while (loopback.statements.at(-1)?.text !== 'SELECT 42') {
      await new Promise((resolve) => setImmediate(resolve))
    }
    run1.abort(new Error('The run ended.'))
    await expect(stalled).rejects.toThrow('The run ended.')
    expect(loopback.attentions).toBe(before + 1)

    const { promise: done, resolve } = Promise.withResolvers<void>()
    const busy = Array.from({ length: 10 }, () => session({}, () => done))
    const run2 = new AbortController()
    const waiting = session({ signal: run2.signal }, (asked) => asked.run('SELECT 43'))
    run2.abort(new Error('The run ended.'))
    await expect(waiting).rejects.toThrow('The run ended.')
    resolve()
    await Promise.all(busy)
    expect((await run('SELECT 1')).rows).toEqual([[1]])
  })

  it('[Q10] get values apart from the text of a statement', async () => {
    const hostile = `'; DROP TABLE Orders; --`
    await run('SELECT Code FROM Orders WHERE Code = @code', { code: hostile })
    expect(loopback.statements.at(-1)).toMatchObject({
      text: 'SELECT Code FROM Orders WHERE Code = @code',
      parameters: [{ name: '@code', value: hostile }],
    })
    expect((await run('SELECT COUNT(*) FROM Orders')).rows).toHaveLength(1)
  })
})
