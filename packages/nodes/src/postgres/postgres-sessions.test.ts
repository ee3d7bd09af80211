import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { fakeServices, rounds, roundsTimeout } from '@millrace/engine/testing'
import { toFlowError, type ColumnTypeChoice } from '@millrace/flow'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { OwnedDatabase, SessionOptions } from '../sql/database.ts'
import { openPostgres } from './open-postgres.server.ts'
import { createTestDatabase, serverUrl, type TestDatabase } from './testing/test-database.server.ts'

const open = (connectionString: string) =>
  openPostgres(
    {
      id: 'sessions',
      kind: 'postgres',
      name: 'Sessions',
      fields: { connectionString, connectTimeoutSeconds: 5 },
    },
    fakeServices(),
  )

type Parameters = Readonly<Record<string, readonly [ColumnTypeChoice, unknown]>>

const runOn = (
  database: OwnedDatabase,
  statement: string,
  parameters: Parameters = {},
  options: Partial<SessionOptions> = {},
) =>
  database.withSession(
    { signal: new AbortController().signal, timeoutSeconds: 30, ...options },
    (session) =>
      session.run(
        statement,
        Object.entries(parameters).map(([name, [type, value]]) => ({ name, type, value })),
      ),
  )

describe.skipIf(serverUrl === undefined)('a session with a real PostgreSQL', () => {
  let test: TestDatabase
  let database: OwnedDatabase

  beforeAll(async () => {
    test = await createTestDatabase()
    database = await open(test.url)
    await test.query('CREATE EXTENSION vector')
  })
  afterAll(async () => {
    await database.close()
    await test[Symbol.asyncDispose]()
  })

  const run = (statement: string, parameters?: Parameters, options?: Partial<SessionOptions>) =>
    runOn(database, statement, parameters, options)
  /** What the sessions of this database are doing. */
  const activity = () =>
    test.query(
      "SELECT state, query FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'Millrace' AND state <> 'idle'",
    )

  it('[Q3] [Q4] [Q5] [Q6] reads what the server writes, whatever it is set to', async () => {
    await test.query(
      `ALTER DATABASE ${new URL(test.url).pathname.slice(1)} SET datestyle TO 'SQL, DMY'`,
    )
    await test.query(
      `ALTER DATABASE ${new URL(test.url).pathname.slice(1)} SET bytea_output TO escape`,
    )
    const fresh = await open(test.url)
    const { columns, rows } = await runOn(
      fresh,
      `SELECT date '2026-11-26', timestamptz '2026-11-26 14:00:00+00', 'ab'::bytea, '{"a":[1]}'::jsonb,
              '[1,2]'::vector, ARRAY['a', NULL], ARRAY[ARRAY[1], ARRAY[2]], ARRAY['[1,2]'::vector]`,
    )
    await fresh.close()
    expect(rows).toEqual([
      [
        '2026-11-26',
        '2026-11-26T14:00:00Z',
        'YWI=',
        { a: [1] },
        [1, 2],
        ['a', null],
        [[1], [2]],
        [[1, 2]],
      ],
    ])
    expect(columns.map(({ type }) => type)).toEqual([
      'date',
      'timestamptz',
      'bytea',
      'jsonb',
      'vector',
      '_text',
      '_int4',
      '_vector',
    ])
  })

  it('[Q6] [Q7] tells arrays from what only counts as one', async () => {
    const { rows } = await run(
      `SELECT '1 2'::int2vector, '3 4'::oidvector, ARRAY[box '(1,1),(0,0)', box '(2,2),(1,1)'],
              ARRAY['1 2'::int2vector], '[0:1]={1,2}'::int[], point '(1,2)'`,
    )
    expect(rows).toEqual([['1 2', '3 4', ['(1,1),(0,0)', '(2,2),(1,1)'], ['1 2'], [1, 2], '(1,2)']])
  })

  it('[Q11] takes a parameter for the type that was chosen', async () => {
    const parameters: Parameters = {
      text: ['text', '1'],
      integer: ['integer', 1],
      number: ['number', 1.5],
      boolean: ['boolean', true],
      date: ['date', '2026-11-26'],
      timestamp: ['timestamp', '2026-11-26T14:00:00Z'],
      uuid: ['uuid', '00000000-0000-0000-0000-000000000001'],
      json: ['json', { a: 1 }],
      vector: ['vector', [1, 2]],
    }
    const { rows } = await run(
      'SELECT @text, @integer, @number, @boolean, @date, @timestamp, @uuid, @json, @vector::vector',
      parameters,
    )
    expect(rows).toEqual([Object.values(parameters).map(([, value]) => value)])
  })

  it('[Q11] leaves the type to the server when it is auto', async () => {
    const auto = (value: unknown) => ['auto', value] as const
    const { rows } = await run(
      `SELECT 2 = ANY (@list), @record::jsonb, @vector::vector, @text::timestamptz, @list::int[], @bytes::bytea
        WHERE 1 + @one = 2`,
      {
        list: auto([1, 2]),
        record: auto({ a: [1] }),
        vector: auto([1, 2]),
        text: auto('2026-11-26T14:00:00Z'),
        bytes: auto('AP8Q'),
        one: auto(1),
      },
    )
    expect(rows).toEqual([[true, { a: [1] }, [1, 2], '2026-11-26T14:00:00Z', [1, 2], 'AP8Q']])
  })

  it.each(['SELECT 1; DROP TABLE people', 'SELECT 1; SELECT 2'])(
    '[Q12] takes one statement, not %j',
    async (statement) => {
      await expect(run(statement)).rejects.toMatchObject({
        code: 'database_failed',
        details: { sqlState: '42601' },
      })
    },
  )

  it('[Q12] does nothing for an empty statement, and gives no rows for COPY', async () => {
    expect(await run('-- nothing')).toMatchObject({ rows: [], affected: 0 })
    expect(await run('COPY (SELECT 1) TO STDOUT')).toMatchObject({ rows: [], affected: 1 })
    await run('CREATE TABLE copied (a int)')
    await expect(run('COPY copied FROM STDIN')).rejects.toMatchObject({ code: 'database_failed' })
    await expect(run('CREATE TEMP TABLE t (a int)\0')).rejects.toMatchObject({
      code: 'database_failed',
    })
  })

  it('[Q13] has nothing running any more when its time was over', async () => {
    await expect(run('SELECT pg_sleep(20)', {}, { timeoutSeconds: 1 })).rejects.toMatchObject({
      code: 'timeout',
    })
    expect(await activity()).toEqual([])
  })

  it('[Q13] knows by its code that its time was over, in any language', async () => {
    const cancelledAfter = (seconds: number) =>
      database.withSession(
        { signal: new AbortController().signal, timeoutSeconds: 1 },
        async (session) => {
          await session.run('SET statement_timeout TO 0')
          return session.run(
            `DO $$ BEGIN
               PERFORM pg_sleep(${seconds});
               RAISE query_canceled USING MESSAGE = 'storniere Anfrage wegen Zeitüberschreitung';
             END $$`,
          )
        },
      )
    await expect(cancelledAfter(1.2)).rejects.toMatchObject({ code: 'timeout' })
    // Somebody else did this.
    await expect(cancelledAfter(0)).rejects.toMatchObject({ code: 'database_failed' })
  })

  it('[Q14] has nothing running any more when the run has ended', async () => {
    const ended = new AbortController()
    const running = run('SELECT pg_sleep(20)', {}, { signal: ended.signal })
    await vi.waitFor(async () =>
      expect(await activity()).toEqual([{ state: 'active', query: 'SELECT pg_sleep(20)' }]),
    )
    ended.abort(new Error('The run ended.'))
    await expect(running).rejects.toThrow('The run ended.')
    await vi.waitFor(async () => expect(await activity()).toEqual([]))
  })

  it('[Q14] undoes a transaction when the run ends', async () => {
    await run('CREATE TABLE undone (id int)')
    const ended = new AbortController()
    const running = database.withSession(
      { signal: ended.signal, timeoutSeconds: 30, transaction: 'commit' },
      async (session) => {
        await session.run('INSERT INTO undone VALUES (1)')
        ended.abort(new Error('The run ended.'))
        await session.run('INSERT INTO undone VALUES (2)')
      },
    )
    await expect(running).rejects.toThrow('The run ended.')
    expect((await run('SELECT count(*) FROM undone')).rows).toEqual([[0]])
  })

  it('[Q14] gives up waiting for a session when the run ends', async () => {
    const others = new AbortController()
    const busy = Array.from({ length: 10 }, () =>
      run('SELECT pg_sleep(20)', {}, { signal: others.signal }).catch(() => 'ended'),
    )
    await vi.waitFor(async () => expect(await activity()).toHaveLength(10))
    const ended = new AbortController()
    const waiting = run('SELECT 1', {}, { signal: ended.signal })
    ended.abort(new Error('The run ended.'))
    await expect(waiting).rejects.toThrow('The run ended.')
    others.abort(new Error('The others ended.'))
    expect(new Set(await Promise.all(busy))).toEqual(new Set(['ended']))
    expect((await run('SELECT 1')).rows).toEqual([[1]])
  }, 15_000)

  it('[Q15] reads no more of an endless result than it may keep', async () => {
    const limits = { rows: 10, bytes: 1_000_000, whenReached: 'cut' } as const
    const endless =
      'WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n'
    const { rows, isCut } = await run(endless, {}, { limits })
    expect([rows.length, isCut]).toEqual([10, true])
    await expect(run(endless)).rejects.toMatchObject({ code: 'limit_exceeded' })
  })

  it('[Q15] does not gather a row of any size before it is refused', async () => {
    await expect(run("SELECT repeat('x', 100 * 1024 * 1024)")).rejects.toMatchObject({
      code: 'limit_exceeded',
      details: { limit: 'bytes' },
    })
    expect((await run('SELECT 1')).rows).toEqual([[1]])
  })

  it('[Q16] keeps nothing of a transaction in which a statement failed', async () => {
    await run('CREATE TABLE kept (id int PRIMARY KEY)')
    const options = { signal: new AbortController().signal, timeoutSeconds: 5 }
    const work = database.withSession({ ...options, transaction: 'commit' }, async (session) => {
      await session.run('INSERT INTO kept VALUES (1)')
      await session.run('INSERT INTO kept VALUES (1)').catch(() => {})
    })
    await expect(work).rejects.toMatchObject({ code: 'database_failed' })
    expect((await run('SELECT count(*) FROM kept')).rows).toEqual([[0]])
  })

  it('[Q17] leaves nothing for the next one', async () => {
    for (const statement of [
      'SET search_path TO nowhere',
      'SET ROLE pg_monitor',
      'CREATE TEMP TABLE left_over (id int)',
      'SELECT pg_advisory_lock(1)',
      'BEGIN',
      'SET statement_timeout TO 1',
    ]) {
      await run(statement)
    }
    const { rows } = await run(
      `SELECT current_setting('search_path'), current_user, to_regclass('left_over')::text,
              (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'), current_setting('statement_timeout')`,
    )
    expect(rows).toEqual([['"$user", public', 'postgres', null, 0, '30s']])
    expect(await test.query("SELECT 1 FROM pg_stat_activity WHERE state LIKE 'idle in%'")).toEqual(
      [],
    )
  })

  it('[Q18] is made anew when it was ended at the database', async () => {
    for (let round = 0; round < 20; round += 1) {
      await Promise.all([run('SELECT 1'), run('SELECT 2')])
      const inUse = run('SELECT pg_sleep(20)').catch((error: unknown) => error)
      await vi.waitFor(async () => expect(await activity()).toHaveLength(1))
      await test.query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'Millrace' AND datname = current_database()",
      )
      expect(await inUse).toMatchObject({ code: 'database_unavailable', retryable: true })
      expect((await run('SELECT 1')).rows).toEqual([[1]])
    }
  }, 30_000)

  it('[Q21] tells the place in the text of its designer, beside parameters and odd letters', async () => {
    const statement = "SELECT '😀é', @a,\n  @a + nothing"
    await expect(run(statement, { a: ['integer', 1] })).rejects.toMatchObject({
      details: { sqlState: '42703', position: 26, line: 2, column: 8 },
    })
  })

  it.each(['none', 'commit', 'rollback'] as const)(
    '[Q21] suggests the nearest table for one that is not there (%s)',
    async (transaction) => {
      await run('CREATE TABLE IF NOT EXISTS nearest_table (id int)')
      await expect(run('SELECT * FROM nearst_table', {}, { transaction })).rejects.toMatchObject({
        message: expect.stringContaining('Did you mean nearest_table?') as string,
        details: { sqlState: '42P01', line: 1, column: 15, suggestions: ['nearest_table'] },
      })
    },
  )

  it('[Q21] takes what the server suggests for a column', async () => {
    await run('CREATE TABLE suggested (session_id int)')
    await expect(run('SELECT sesion_id FROM suggested')).rejects.toMatchObject({
      message: expect.stringContaining('suggested.session_id') as string,
      details: { reason: 'no_column' },
    })
  })

  it.each([
    ['SELECT @a::int', 'not-a-number'],
    ['SELECT @a::timestamptz', 'not-a-time'],
    ['SELECT @a::jsonb', '{"not-json'],
    ['SELECT @a::uuid', 'not-a-uuid'],
    ['SELECT @a::vector', '[not-a-vector]'],
    ["DO $$ BEGIN RAISE EXCEPTION 'x'; END $$", 'unused-value'],
  ])('[Q21] keeps the value out of what %s fails with', async (statement, value) => {
    const error = await run(statement, { a: ['auto', value] }).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({
      code: 'database_failed',
      message: expect.not.stringContaining(value) as string,
    })
  })

  it('[Q21] says that pgvector is missing, and what mends it', async () => {
    await using bare = await createTestDatabase()
    const without = await open(bare.url)
    for (const statement of ["SELECT '[1,2]'::vector", 'CREATE TABLE v (e vector(3))']) {
      await expect(runOn(without, statement)).rejects.toMatchObject({
        code: 'database_failed',
        message: expect.stringContaining('CREATE EXTENSION IF NOT EXISTS vector') as string,
      })
    }
    await without.close()
  })

  it('[Q21] names both lengths of a vector that does not fit', async () => {
    await run('CREATE TABLE vectors (embedding vector(3))')
    await expect(
      run('INSERT INTO vectors VALUES (@v)', { v: ['vector', [1, 2]] }),
    ).rejects.toMatchObject({
      message: expect.stringContaining('expected 3 dimensions, not 2') as string,
    })
  })

  it('[Q24] [Q29] writes text into columns of any type, and refuses one that is computed', async () => {
    await run(
      'CREATE TABLE typed (id uuid PRIMARY KEY, at timestamptz, body jsonb, e vector(2), tags text[], twice int GENERATED ALWAYS AS (1) STORED)',
    )
    const { dialect } = database
    const values: Readonly<Record<string, unknown>> = {
      id: '00000000-0000-0000-0000-000000000001',
      at: '2026-11-26T14:00:00Z',
      body: '{"a":1}',
      e: [1, 2],
      tags: ['a', 'b'],
    }
    const options = { signal: new AbortController().signal, timeoutSeconds: 5 }
    const { columns } = await database.withSession(
      { ...options, transaction: 'commit' },
      async (session) => {
        const table = await dialect.findTable(session, 'typed')
        const written = table.columns.flatMap((column) =>
          column.isGenerated === true
            ? []
            : [{ column, key: column.key, value: values[column.name] }],
        )
        expect(await dialect.upsertRow(session, table, written)).toBe('INSERT')
        expect(await dialect.upsertRow(session, table, written)).toBe('UPDATE')
        return table
      },
    )
    expect(columns.find(({ name }) => name === 'twice')).toMatchObject({ isGenerated: true })
    expect((await run('SELECT id, at, body, e, tags FROM typed')).rows).toEqual([
      [values['id'], values['at'], { a: 1 }, [1, 2], ['a', 'b']],
    ])
  })

  it('[Q29] only updates a row that is meant by a number of the database', async () => {
    await run('CREATE TABLE numbered (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text)')
    await run("INSERT INTO numbered (name) VALUES ('first')")
    const write = (id: number, isKey: boolean) =>
      database.withSession(
        { signal: new AbortController().signal, timeoutSeconds: 5, transaction: 'commit' },
        async (session) => {
          const table = await database.dialect.findTable(session, 'numbered')
          const values = table.columns.map((column) => ({
            column,
            key: (column.isIdentity === true) === isKey,
            value: column.isIdentity === true ? id : 'changed',
          }))
          return database.dialect.upsertRow(session, table, values)
        },
      )
    expect(await write(1, true)).toBe('UPDATE')
    await expect(write(7, true)).rejects.toThrow('"numbered" has no row with this id')
    await expect(write(1, false)).rejects.toThrow('is numbered by the database')
    expect((await run('SELECT id, name FROM numbered')).rows).toEqual([[1, 'changed']])
  })

  it('[Q29] fails when another unique key is taken', async () => {
    await run('CREATE TABLE accounts (id int PRIMARY KEY, email text UNIQUE)')
    await run("INSERT INTO accounts VALUES (1, 'a@example.com')")
    const options = { signal: new AbortController().signal, timeoutSeconds: 5 }
    const writing = database.withSession({ ...options, transaction: 'commit' }, async (session) => {
      const table = await database.dialect.findTable(session, 'accounts')
      const values = table.columns.map((column) => ({
        column,
        key: column.key,
        value: column.key ? 2 : 'a@example.com',
      }))
      return database.dialect.upsertRow(session, table, values)
    })
    await expect(writing).rejects.toMatchObject({
      code: 'database_failed',
      details: { sqlState: '23505' },
    })
  })

  it('[Q23] finds views, and of one name the table that the search path finds', async () => {
    await run('CREATE SCHEMA other')
    await run('CREATE TABLE other.twin (b int)')
    await run('CREATE TABLE twin (a int)')
    await run('CREATE VIEW "Seen" AS SELECT a FROM twin')
    const { dialect } = database
    const find = (written: string) =>
      database.withSession({ signal: new AbortController().signal, timeoutSeconds: 5 }, (session) =>
        dialect.findTable(session, written),
      )
    expect(await find('twin')).toMatchObject({ schema: 'public', columns: [{ name: 'a' }] })
    expect(await find('other.twin')).toMatchObject({ schema: 'other', columns: [{ name: 'b' }] })
    expect(await find('seen')).toMatchObject({ name: 'Seen', uniqueKeys: [] })
    await run('CREATE TABLE seen (c int)')
    expect(await find('Seen')).toMatchObject({ name: 'seen' })
    expect(await find('"Seen"')).toMatchObject({ name: 'Seen' })
    await run('DROP TABLE twin CASCADE')
    await expect(find('twin')).rejects.toMatchObject({
      details: { suggestions: ['other.twin'] },
    })
  })
})

const script = fileURLToPath(new URL('../../../../.ci/postgres', import.meta.url))

/** A port that is free at this moment. */
async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // it listens on a port
  await new Promise((resolve) => server.close(resolve))
  return port
}

describe.skipIf(serverUrl === undefined)('a PostgreSQL that restarts', () => {
  const ci = promisify(execFile)
  let directory: string
  let port: number

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'millrace-pg-'))
    port = await freePort()
    await ci(script, ['start', directory, String(port)])
  }, 60_000)
  afterAll(async () => {
    await ci(script, ['stop', directory])
    rmSync(directory, { recursive: true })
  }, 30_000)

  it('[Q22] lets in whoever has the password, and nobody else', async () => {
    const address = `127.0.0.1:${port}/postgres?sslmode=disable`
    const admin = await open(`postgres://postgres@${address}`)
    await runOn(admin, "CREATE ROLE app LOGIN PASSWORD 'right'")
    writeFileSync(
      join(directory, 'data', 'pg_hba.conf'),
      'host all app 127.0.0.1/32 scram-sha-256\nhost all all 127.0.0.1/32 trust\n',
    )
    await runOn(admin, 'SELECT pg_reload_conf()')
    await admin.close()
    const ask = async (login: string) => {
      const database = await open(`postgres://${login}@${address}`)
      const result = await runOn(database, 'SELECT current_user').catch(toFlowError)
      await database.close()
      return result
    }
    await vi.waitFor(async () =>
      expect(await ask('app:wrong')).toMatchObject({
        code: 'database_unauthorized',
        property: 'connection',
      }),
    )
    expect(await ask('app')).toMatchObject({
      code: 'database_unauthorized',
      message: '"Sessions" asks for a password, and the connection has none. Enter it there.',
    })
    expect(await ask('app:right')).toMatchObject({ rows: [['app']] })
  })

  it(
    '[Q18] is reached again by the next call',
    async () => {
      const database = await open(`postgres://postgres@127.0.0.1:${port}/postgres?sslmode=disable`)
      for (let round = 0; round < rounds({ short: 3, long: 100 }); round += 1) {
        expect((await runOn(database, 'SELECT 1')).rows).toEqual([[1]])
        const inUse = runOn(database, 'SELECT pg_sleep(20)').catch((error: unknown) => error)
        await ci(script, ['stop', directory])
        expect(await inUse).toMatchObject({ code: 'database_unavailable', retryable: true })
        await expect(runOn(database, 'SELECT 1')).rejects.toMatchObject({
          code: 'database_unavailable',
          retryable: true,
          property: 'connection',
        })
        await ci(script, ['start', directory, String(port)])
      }
      expect((await runOn(database, 'SELECT 1')).rows).toEqual([[1]])
      await database.close()
    },
    3 * roundsTimeout,
  )
})
