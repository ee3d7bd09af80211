import mssql from 'mssql'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startTdsLoopback, type TdsLoopback } from './index.ts'
import { selfSigned } from './self-signed.ts'

describe.each([
  { name: 'in the clear', tls: undefined },
  { name: 'encrypted', tls: selfSigned },
])('a SQL Server that is a loopback, $name', ({ tls }) => {
  let loopback: TdsLoopback
  let pool: mssql.ConnectionPool

  function config(more: Partial<mssql.config> = {}): mssql.config {
    return {
      server: loopback.host,
      port: loopback.port,
      user: 'sa',
      password: 'Str0ng!Password',
      database: 'chat',
      // Otherwise the pool asks SELECT 1 before each statement, and that meets the faults.
      validateConnection: 'socket',
      options: { encrypt: tls !== undefined, trustServerCertificate: true },
      ...more,
    }
  }

  beforeAll(async () => {
    loopback = await startTdsLoopback(tls === undefined ? {} : { tls })
    pool = await new mssql.ConnectionPool(config()).connect()
    pool.on('error', () => undefined)
    await pool.request().batch(`
      IF OBJECT_ID(N'dbo.ChatHistory', N'U') IS NULL
        CREATE TABLE dbo.ChatHistory (
          SessionId varchar(36) NOT NULL PRIMARY KEY CLUSTERED,
          HistoryJson nvarchar(max) NULL,
          UpdatedAt datetimeoffset(2) NOT NULL CONSTRAINT df_updated DEFAULT SYSDATETIMEOFFSET());
      CREATE TABLE dbo.[Order] (
        Id int IDENTITY(1,1) PRIMARY KEY, [Name] nvarchar(20) NOT NULL, Price decimal(10,2), Paid bit DEFAULT 0,
        Doubled AS (Price * 2))`)
  }, 30_000)

  afterAll(async () => {
    await pool.close()
    await loopback[Symbol.asyncDispose]()
  })

  beforeEach(async () => {
    await pool.request().query('DELETE FROM ChatHistory; DELETE [Order]')
  })

  async function ask(statement: string, values: Readonly<Record<string, unknown>> = {}) {
    const request = pool.request()
    for (const [name, value] of Object.entries(values)) request.input(name, value)
    return await request.query(statement)
  }

  function failure(promise: Promise<unknown>): Promise<mssql.RequestError> {
    return promise.then(
      () => expect.unreachable('It should fail.'),
      (error: mssql.RequestError) => error,
    )
  }

  it('inserts and reads, whatever the case of the names, and keeps their own', async () => {
    const inserted = await ask(
      `INSERT [dbo].[chathistory] (sessionid, HistoryJson) OUTPUT inserted.SessionId VALUES (@s, N'[]')`,
      { s: 's-1' },
    )
    const read = await ask('SELECT TOP (1) * FROM CHATHISTORY WITH (NOLOCK) WHERE SessionID = @S', {
      S: 's-1',
    })
    expect([inserted.recordset, inserted.rowsAffected]).toEqual([[{ SessionId: 's-1' }], [1]])
    expect(read.recordset).toEqual([
      { SessionId: 's-1', HistoryJson: '[]', UpdatedAt: expect.any(Date) },
    ])
  })

  it('carries values of all types there and back', async () => {
    const moment = new Date('2024-02-29T12:34:56.789Z')
    const request = pool
      .request()
      .input('guid', mssql.UniqueIdentifier, '6F9619FF-8B86-D011-B42D-00C04FC964FF')
      .input('binary', mssql.VarBinary, Buffer.from([1, 2, 3]))
      .input('datetime2', mssql.DateTime2, moment)
      .input('offset', mssql.DateTimeOffset, moment)
      .input('date', mssql.Date, moment)
      .input('int', mssql.Int, -7)
      .input('bigint', mssql.BigInt, '9007199254740993')
      .input('bit', mssql.Bit, true)
      .input('float', mssql.Float, 0.25)
      .input('decimal', mssql.Decimal(10, 2), -12.5)
      .input('none', mssql.Int, null)
      .input('text', `héllo 世界 😀 'quoted'`)
    const { recordset } = await request.query(
      `SELECT @guid AS guid, @binary AS [binary], @datetime2 AS dt, @offset AS offset, @date AS date, @int AS int,
        @bigint AS bigint, @bit AS bit, @float AS float, @decimal AS decimal, @none AS none, @text AS text`,
    )
    expect(recordset).toEqual([
      {
        guid: '6F9619FF-8B86-D011-B42D-00C04FC964FF',
        binary: Buffer.from([1, 2, 3]),
        dt: moment,
        offset: moment,
        date: new Date('2024-02-29T00:00:00.000Z'),
        int: -7,
        bigint: '9007199254740993',
        bit: true,
        float: 0.25,
        decimal: -12.5,
        none: null,
        text: `héllo 世界 😀 'quoted'`,
      },
    ])
  })

  it('carries long texts in many packets, both ways', async () => {
    const long = `${'x'.repeat(100_000)}终`
    await ask(`INSERT INTO ChatHistory (SessionId, HistoryJson) VALUES ('s-1', @long)`, { long })
    const { recordset } = await ask('SELECT HistoryJson FROM ChatHistory')
    expect(recordset).toEqual([{ HistoryJson: long }])
  })

  it('counts in 32 bits, and gives decimals, bits and computed columns as such', async () => {
    await ask(`INSERT INTO [Order] (Name, Price, Paid) VALUES (N'a', 1.50, 1), (N'b', 2, 0)`)
    const { recordset } = await ask(
      'SELECT COUNT(*) AS c, SUM(Price) AS total, MAX(Doubled) AS most FROM [Order] WHERE Paid = 1',
    )
    expect(recordset).toEqual([{ c: 1, total: 1.5, most: 3 }])
    expect(recordset.columns['c']?.type).toBe(mssql.Int)
  })

  it('merges, and says what it did', async () => {
    const merge = `
      MERGE INTO ChatHistory WITH (HOLDLOCK) AS target USING (SELECT @s AS SessionId, @h AS HistoryJson) AS source
      ON target.SessionId = source.SessionId
      WHEN MATCHED THEN UPDATE SET HistoryJson = source.HistoryJson
      WHEN NOT MATCHED THEN INSERT (SessionId, HistoryJson) VALUES (source.SessionId, source.HistoryJson)
      OUTPUT $action, deleted.HistoryJson AS was;`
    const first = await ask(merge, { s: 's-1', h: '1' })
    const second = await ask(merge, { s: 's-1', h: '2' })
    expect([first.recordset, second.recordset]).toEqual([
      [{ $action: 'INSERT', was: null }],
      [{ $action: 'UPDATE', was: '1' }],
    ])
  })

  it('keeps what a statement puts out in a table variable, each session its own', async () => {
    const keep = (name: string) =>
      ask(
        `DECLARE @done TABLE (action nvarchar(10), name nvarchar(20));
        MERGE INTO [Order] AS t USING (SELECT @name AS Name) AS s ON t.Name = s.Name
        WHEN NOT MATCHED THEN INSERT (Name) VALUES (s.Name) OUTPUT $action, inserted.Name INTO @done;
        SELECT action, name FROM @done`,
        { name },
      )
    const kept = await Promise.all(['a', 'b', 'c'].map(keep))
    expect(kept.map(({ recordset }) => recordset)).toEqual(
      ['a', 'b', 'c'].map((name) => [{ action: 'INSERT', name }]),
    )
    expect((await keep('a')).recordset).toEqual([])
  })

  it('answers batches, pages and prepared statements', async () => {
    await ask(`INSERT INTO [Order] (Name) VALUES ('a'), ('b'), ('c')`)
    const pages = await ask(
      "SET NOCOUNT ON; SELECT Name FROM [Order] ORDER BY Name OFFSET @skip ROWS FETCH NEXT @take ROWS ONLY; SELECT ISNULL(NULL, LEN(N'four')) AS four",
      { skip: 1, take: 1 },
    )
    const prepared = new mssql.PreparedStatement(pool).input('name', mssql.NVarChar)
    await prepared.prepare('SELECT Name FROM [Order] WHERE Name = @name')
    const found = await prepared.execute({ name: 'c' })
    await prepared.unprepare()
    expect(pages.recordsets).toEqual([[{ Name: 'b' }], [{ four: 4 }]])
    expect(found.recordset).toEqual([{ Name: 'c' }])
  })

  it('commits and rolls back, and goes on after a failed statement as SQL Server does', async () => {
    const transaction = new mssql.Transaction(pool)
    await transaction.begin()
    await transaction.request().query(`INSERT INTO [Order] (Name) VALUES ('kept')`)
    const error = await failure(
      transaction.request().query('INSERT INTO [Order] (Name) VALUES (NULL)'),
    )
    await transaction.commit()
    const undone = new mssql.Transaction(pool)
    await undone.begin()
    await undone.request().query(`INSERT INTO [Order] (Name) VALUES ('undone')`)
    await undone.rollback()
    const { recordset } = await ask('SELECT Name FROM [Order]')
    expect([error.number, recordset]).toEqual([515, [{ Name: 'kept' }]])
  })

  it.each([
    ['SELECT * FROM Nope', 208, `Invalid object name 'Nope'.`],
    ['SELECT\n  Nope\nFROM ChatHistory', 207, `Invalid column name 'Nope'.`],
    ['SELECT *\nFORM ChatHistory', 102, `Incorrect syntax near 'FORM'.`],
    ['SELECT @nope', 137, 'Must declare the scalar variable "@nope".'],
    [`INSERT INTO [Order] (Id, Name) VALUES (1, 'a')`, 544, /identity column/],
    [`INSERT INTO [Order] (Name, Doubled) VALUES ('a', 1)`, 271, /computed column/],
    [`INSERT INTO [Order] (Name) VALUES ('${'x'.repeat(30)}')`, 8152, /truncated/],
    [`SELECT CAST('abc' AS int)`, 245, /'abc'/],
    [`THROW 50001, N'No stock', 1`, 50_001, 'No stock'],
    ['EXEC dbo.Nope', 2812, /stored procedure/],
  ])('refuses %j with %i', async (statement, number, message) => {
    const error = await failure(ask(statement))
    expect([error.number, error.message]).toEqual([
      number,
      typeof message === 'string' ? message : expect.stringMatching(message),
    ])
  })

  it('says in which line an error is', async () => {
    const error = await failure(ask('-- a comment\nSELECT *\nFROM ChatHistory\nWHERE Nope = 1'))
    expect([error.number, error.lineNumber]).toEqual([207, 4])
  })

  it('refuses a row whose key is there', async () => {
    const insert = `INSERT INTO ChatHistory (SessionId) VALUES ('s-1')`
    await ask(insert)
    const error = await failure(ask(insert))
    expect([error.number, error.message]).toEqual([2627, expect.stringContaining('(s-1)')])
  })

  it('shows its tables in the catalogue, with their types as they were declared', async () => {
    const { recordset } = await ask(`
      SELECT s.name AS [schema], o.name AS [table], c.name, TYPE_NAME(c.system_type_id) AS type,
        c.max_length, c.precision, c.scale, c.is_nullable, c.is_identity, c.is_computed
      FROM sys.columns AS c
        JOIN sys.objects AS o ON o.object_id = c.object_id JOIN sys.schemas AS s ON s.schema_id = o.schema_id
      WHERE o.name IN ('ChatHistory', 'Order') ORDER BY o.name, c.column_id`)
    expect(recordset.map(Object.values)).toEqual([
      ['dbo', 'ChatHistory', 'SessionId', 'varchar', 36, 0, 0, false, false, false],
      ['dbo', 'ChatHistory', 'HistoryJson', 'nvarchar', -1, 0, 0, true, false, false],
      ['dbo', 'ChatHistory', 'UpdatedAt', 'datetimeoffset', 8, 0, 2, false, false, false],
      ['dbo', 'Order', 'Id', 'int', 8, 0, 0, false, true, false],
      ['dbo', 'Order', 'Name', 'nvarchar', 40, 0, 0, false, false, false],
      ['dbo', 'Order', 'Price', 'decimal', 8, 10, 2, true, false, false],
      ['dbo', 'Order', 'Paid', 'bit', 8, 0, 0, true, false, false],
      ['dbo', 'Order', 'Doubled', 'decimal', 8, 38, 6, true, false, true],
    ])
  })

  it('cancels a statement, and the connection goes on', async () => {
    loopback.failNext({ kind: 'stall' })
    const before = loopback.attentions
    const request = pool.request()
    const running = failure(request.query('SELECT 1 AS one'))
    while (loopback.statements.at(-1)?.text !== 'SELECT 1 AS one') {
      await new Promise((resolve) => setImmediate(resolve))
    }
    request.cancel()
    expect((await running).code).toBe('ECANCEL')
    expect(loopback.attentions).toBe(before + 1)
    expect((await ask('SELECT 1 AS one')).recordset).toEqual([{ one: 1 }])
  })

  it('refuses a wrong password, an unknown database, and whatever it is told to', async () => {
    const connect = (more: Partial<mssql.config>) =>
      failure(new mssql.ConnectionPool(config(more)).connect())
    expect((await connect({ password: 'wrong' })).message).toBe(`Login failed for user 'sa'.`)
    loopback.refuseLogins({ number: 40_613, message: 'Not now.', severity: 17 })
    const busy = await connect({ options: { ...config().options, maxRetriesOnTransientErrors: 0 } })
    loopback.refuseLogins(undefined)
    expect(busy.message).toBe('Not now.')
  })

  it('answers a scripted error, drops connections, and is back on its port after a restart', async () => {
    const deadlock = { number: 1205, severity: 13, message: 'Deadlocked.' }
    loopback.failNext({ kind: 'error', error: deadlock })
    expect((await failure(ask('SELECT 1 AS one'))).number).toBe(1205)
    loopback.failNext({ kind: 'drop' })
    expect((await failure(ask('SELECT 1 AS one'))).code).toMatch(/ECONNRESET|ESOCKET|ECLOSE/)
    await loopback.stop()
    expect((await failure(new mssql.ConnectionPool(config()).connect())).code).toBe('ESOCKET')
    await loopback.start()
    expect((await ask('SELECT 1 AS one')).recordset).toEqual([{ one: 1 }])
  })
})
