import { toFlowError } from '@millrace/flow'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { columnNamed } from '../table-column.ts'
import { autoParameters, openSqlDriver, sql, type SqlDriver } from './sql-under-test.server.ts'
import type { SqlUnderTest } from './sql-under-test.server.ts'

/** What every system's driver, dialect and nodes do alike. */
export function describeSql(name: string, open: () => Promise<SqlUnderTest>): void {
  describe(name, () => {
    let driver: SqlDriver
    let words: SqlUnderTest['words']

    beforeAll(async () => {
      driver = await openSqlDriver(await open())
      words = driver.words
    }, 60_000)

    beforeEach(async () => {
      for (const statement of [
        words.drop('people'),
        words.drop('visits'),
        words.createPeople,
        words.createVisits,
      ]) {
        await driver.run(statement)
      }
    }, 30_000)

    const insertPerson = (id: number, name: string) =>
      driver.run('INSERT INTO people (id, name) VALUES (@id, @name)', { id, name })

    const names = async () => {
      const { rows } = await driver.run('SELECT name FROM people ORDER BY id')
      return rows.map(([name]) => name)
    }

    describe('a statement', () => {
      it('[Q7] gives its columns and rows', async () => {
        await insertPerson(1, 'Ada')
        const result = await driver.run('SELECT id, name, note FROM people')
        expect(result).toMatchObject({
          columns: [{ name: 'id' }, { name: 'name' }, { name: 'note' }],
          rows: [[1, 'Ada', null]],
          isCut: false,
        })
      })

      it('[Q8] binds each parameter by name, in any case, as often as it is written', async () => {
        await insertPerson(1, 'Ada')
        await insertPerson(2, 'Bob')
        const { rows } = await driver.run(
          "SELECT id, '@name' AS text FROM people -- @none\nWHERE id = @ID AND name = @name OR id = @id AND name = @name",
          { id: 2, name: 'Bob' },
        )
        expect(rows).toEqual([[2, '@name']])
      })

      it('[Q9] fails with the nearest parameter when it names none', async () => {
        await expect(
          driver.run('SELECT name FROM people WHERE id = @persn', { person: 1 }),
        ).rejects.toMatchObject({
          code: 'database_failed',
          message: expect.stringContaining('Did you mean @person?') as string,
        })
      })

      it.each([
        "'); DROP TABLE people; --",
        "' OR '1'='1",
        '$1',
        '@id',
        'a\nb\u{1F600}"\'\\',
        'Ünïcödé 漢字',
      ])('[Q10] takes %j for a value and nothing else', async (value) => {
        await insertPerson(1, value)
        await insertPerson(2, 'Bob')
        const { rows } = await driver.run('SELECT id, name FROM people WHERE name = @name', {
          name: value,
        })
        expect(rows).toEqual([[1, value]])
        expect(await names()).toEqual([value, 'Bob'])
      })

      it('[Q21] fails with the place of a mistake in the text of its designer', async () => {
        await expect(driver.run(words.mistakeInLine2)).rejects.toMatchObject({
          code: 'database_failed',
          details: { line: 2 },
        })
      })

      it('[Q21] says nothing of the values when it is refused', async () => {
        await insertPerson(1, 'Ada')
        const failure = await driver
          .run('INSERT INTO people (id, name) VALUES (@id, @name)', { id: 1, name: 'top-secret' })
          .catch(toFlowError)
        expect(failure).toMatchObject({ code: 'database_failed' })
        expect(JSON.stringify(failure)).not.toContain('top-secret')
        expect(failure).not.toMatchObject({
          message: expect.stringContaining('top-secret') as string,
        })
      })

      it('[Q13] is cancelled at the database when its time is over', async () => {
        await expect(driver.run(words.sleep(20), {}, { timeoutSeconds: 1 })).rejects.toMatchObject({
          code: 'timeout',
          property: 'commandTimeout',
        })
        expect(await names()).toEqual([])
      }, 15_000)

      it('[Q14] is cancelled at the database when the run ends', async () => {
        const run = new AbortController()
        const running = driver.run(words.sleep(20), {}, { signal: run.signal })
        setTimeout(() => run.abort(new Error('The run ended.')), 200)
        await expect(running).rejects.toThrow('The run ended.')
        expect(await names()).toEqual([])
      }, 15_000)

      it('[Q15] fails when it has more rows than may be kept', async () => {
        await expect(driver.run(words.numbers(10_001))).rejects.toMatchObject({
          code: 'limit_exceeded',
          details: { limit: 'rows', max: 10_000 },
        })
        expect((await driver.run(words.numbers(10_000))).rows).toHaveLength(10_000)
      }, 30_000)

      it('[Q15] fails when it has more bytes than may be kept', async () => {
        const limits = { rows: 10, bytes: 1000, whenReached: 'fail' } as const
        await expect(driver.run(words.longText(1001), {}, { limits })).rejects.toMatchObject({
          code: 'limit_exceeded',
          details: { limit: 'bytes', max: 1000 },
        })
      })

      it('[Q15] is cut where that is asked for', async () => {
        const limits = { rows: 3, bytes: 1000, whenReached: 'cut' } as const
        const result = await driver.run(words.numbers(1000), {}, { limits })
        expect(result.rows).toEqual([[1], [2], [3]])
        expect(result.isCut).toBe(true)
      })
    })

    describe('a session', () => {
      it('[Q16] keeps all statements of a transaction', async () => {
        await driver.withSession({ transaction: 'commit' }, async (session) => {
          await session.run("INSERT INTO people (id, name) VALUES (1, 'Ada')")
          await session.run("INSERT INTO people (id, name) VALUES (2, 'Bob')")
        })
        expect(await names()).toEqual(['Ada', 'Bob'])
      })

      it('[Q16] undoes a transaction whose work throws', async () => {
        const work = driver.withSession({ transaction: 'commit' }, async (session) => {
          await session.run("INSERT INTO people (id, name) VALUES (1, 'Ada')")
          throw new Error('Something else went wrong.')
        })
        await expect(work).rejects.toThrow('Something else went wrong.')
        expect(await names()).toEqual([])
      })

      it('[Q16] undoes a transaction that is only a try', async () => {
        const inside = await driver.withSession({ transaction: 'rollback' }, async (session) => {
          await session.run("INSERT INTO people (id, name) VALUES (1, 'Ada')")
          return (await session.run('SELECT name FROM people')).rows
        })
        expect(inside).toEqual([['Ada']])
        expect(await names()).toEqual([])
      })

      it('[Q18] goes on after a statement that was refused', async () => {
        await expect(driver.run(words.mistakeInLine2)).rejects.toThrow()
        await insertPerson(1, 'Ada')
        expect(await names()).toEqual(['Ada'])
      })
    })

    describe('the catalogue', () => {
      it('[Q23] lists the tables whose names hold a text', async () => {
        const tables = await driver.withSession({}, (session) =>
          driver.database.dialect.listTables(session, 'PEOPL'),
        )
        expect(tables.map(({ name }) => name)).toContain('people')
        expect(tables.map(({ name }) => name)).not.toContain('visits')
      })

      it('[Q23] finds a table in each form of its name', async () => {
        const { dialect } = driver.database
        const { schema } = await driver.withSession({}, (session) =>
          dialect.findTable(session, 'people'),
        )
        for (const written of [
          'People',
          '"people"',
          `${schema}.people`,
          `[${schema}].[people]`,
          `"${schema}"."people"`,
        ]) {
          const table = await driver.withSession({}, (session) =>
            dialect.findTable(session, written),
          )
          expect(table, written).toMatchObject({ schema, name: 'people', uniqueKeys: [['id']] })
        }
      })

      it('[Q23] gives the columns of a table in their order', async () => {
        const { columns } = await driver.withSession({}, (session) =>
          driver.database.dialect.findTable(session, 'people'),
        )
        expect(
          columns.map(({ name, type, nullable, key, hasDefault }) => ({
            name,
            type,
            nullable,
            key,
            hasDefault,
          })),
        ).toEqual([
          { name: 'id', type: 'integer', nullable: false, key: true, hasDefault: false },
          { name: 'name', type: 'text', nullable: false, key: false, hasDefault: false },
          { name: 'age', type: 'integer', nullable: true, key: false, hasDefault: false },
          { name: 'note', type: 'text', nullable: true, key: false, hasDefault: false },
        ])
      })

      it.each([
        'people; DROP TABLE people',
        'people"; DROP TABLE people; --',
        "people' OR '1'='1",
        '[people]; DROP TABLE [people]',
        'a.b.c.d',
        '',
      ])('[Q23] finds no table by %j, and runs nothing of it', async (written) => {
        const found = driver.withSession({}, (session) =>
          driver.database.dialect.findTable(session, written),
        )
        await expect(found).rejects.toMatchObject({ code: 'database_failed' })
        expect(await names()).toEqual([])
      })

      it('[Q23] suggests the nearest table for one that is not there', async () => {
        const found = driver.withSession({}, (session) =>
          driver.database.dialect.findTable(session, 'poeple'),
        )
        await expect(found).rejects.toMatchObject({
          message: expect.stringContaining('Did you mean people') as string,
          details: { suggestions: ['people'] },
        })
      })
    })

    describe('writing a row', () => {
      const upsert = (table: string, keys: object, others: object) =>
        driver.withSession({ transaction: 'commit' }, async (session) => {
          const { dialect } = driver.database
          const found = await dialect.findTable(session, table)
          const valuesOf = (record: object, key: boolean) =>
            Object.entries(record).map(([name, value]: [string, unknown]) => ({
              column: columnNamed(found, name),
              key,
              value,
            }))
          return dialect.upsertRow(session, found, [
            ...valuesOf(keys, true),
            ...valuesOf(others, false),
          ])
        })

      it('[Q29] inserts a row that is not there, and updates it then', async () => {
        expect(await upsert('people', { id: 1 }, { name: 'Ada', age: 36 })).toBe('INSERT')
        expect(await upsert('people', { id: 1 }, { name: 'Ada L.' })).toBe('UPDATE')
        const { rows } = await driver.run('SELECT id, name, age FROM people')
        expect(rows).toEqual([[1, 'Ada L.', 36]])
      })

      it('[Q29] updates a row without the columns that only a new one needs', async () => {
        await insertPerson(1, 'Ada')
        expect(await upsert('people', { id: 1 }, { age: 36 })).toBe('UPDATE')
        expect((await driver.run('SELECT name, age FROM people')).rows).toEqual([['Ada', 36]])
      })

      it('[Q29] leaves a row of keys alone as it is', async () => {
        expect(await upsert('visits', { person: 1, day: 'Monday' }, {})).toBe('INSERT')
        expect(await upsert('visits', { person: 1, day: 'Monday' }, {})).toBe('UPDATE')
        expect((await driver.run('SELECT person, day, hits FROM visits')).rows).toEqual([
          [1, 'Monday', 0],
        ])
      })

      it('[Q29] finds a row by a key that is null', async () => {
        expect(await upsert('visits', { person: 1, day: null }, { hits: 1 })).toBe('INSERT')
        expect(await upsert('visits', { person: 1, day: null }, { hits: 2 })).toBe('UPDATE')
        expect((await driver.run('SELECT person, day, hits FROM visits')).rows).toEqual([
          [1, null, 2],
        ])
      })

      it('[Q29] leaves one row when many write the same key at once', async () => {
        const results = await Promise.all(
          Array.from({ length: 8 }, (_, index) =>
            Promise.all([
              upsert('people', { id: 1 }, { name: `Ada ${index}` }),
              upsert('visits', { person: 1, day: 'Monday' }, { hits: index }),
            ]),
          ),
        )
        const counts = await driver.run(
          'SELECT (SELECT count(*) FROM people), (SELECT count(*) FROM visits)',
        )
        expect(counts.rows).toEqual([[1, 1]])
        for (const index of [0, 1]) {
          expect(results.filter((result) => result[index] === 'INSERT')).toHaveLength(1)
        }
      }, 20_000)
    })

    describe('Get single value', () => {
      const get = (statement: string, resultType: string, parameters = {}) =>
        driver.node('getSingleValue', {
          sqlExpressionAndParameters: sql(statement, parameters),
          resultType,
        })

      it('[Q26] gives the first column of the first row', async () => {
        await insertPerson(1, 'Ada')
        await insertPerson(2, 'Bob')
        expect(
          await get('SELECT name, id FROM people WHERE id >= @id ORDER BY id', 'text', { id: 1 }),
        ).toEqual({ outputs: { value: 'Ada' } })
        expect(await get('SELECT id FROM people ORDER BY id DESC', 'number')).toEqual({
          outputs: { value: 2 },
        })
      })

      it('[Q26] gives null without a row', async () => {
        expect(await get('SELECT name FROM people', 'text')).toEqual({ outputs: { value: null } })
      })

      it('[Q26] gives null for a value that is null', async () => {
        await insertPerson(1, 'Ada')
        expect(await get('SELECT note FROM people', 'text')).toEqual({ outputs: { value: null } })
      })

      it('[Q26] fails when the value is something else, naming both', async () => {
        await insertPerson(1, 'Ada')
        expect(await get('SELECT id FROM people', 'text')).toMatchObject({
          error: {
            code: 'database_failed',
            message: expect.stringMatching(/gives number, and its Result type is text/) as string,
            nodeId: 'node',
            property: 'resultType',
          },
        })
      })

      it('[Q21] places what the database refuses at the statement', async () => {
        expect(await get('SELECT nothing FROM people', 'text')).toMatchObject({
          error: {
            code: 'database_failed',
            nodeId: 'node',
            property: 'sqlExpressionAndParameters',
          },
        })
      })
    })

    describe('Get row and Get rows', () => {
      beforeEach(async () => {
        await insertPerson(1, 'Ada')
        await insertPerson(2, 'Bob')
      })

      it('[Q27] give records with the names of the columns', async () => {
        const expression = {
          sqlExpressionAndParameters: sql('SELECT id, name FROM people ORDER BY id'),
        }
        expect(await driver.node('getRow', expression)).toEqual({
          outputs: { row: { id: 1, name: 'Ada' } },
        })
        expect(await driver.node('getRows', expression)).toEqual({
          outputs: {
            rows: [
              { id: 1, name: 'Ada' },
              { id: 2, name: 'Bob' },
            ],
          },
        })
      })

      it('[Q27] give null and an empty list without a row', async () => {
        const expression = { sqlExpressionAndParameters: sql('SELECT id FROM people WHERE id = 3') }
        expect(await driver.node('getRow', expression)).toEqual({ outputs: { row: null } })
        expect(await driver.node('getRows', expression)).toEqual({ outputs: { rows: [] } })
      })

      it('[Q15] take as much as whoever owns their services sets', async () => {
        const expression = { sqlExpressionAndParameters: sql(driver.words.numbers(4)) }
        const failureOf = async (resultLimits: { rows: number; bytes: number }) =>
          (await driver.events('getRows', expression, { resultLimits })).find(
            ({ type }) => type === 'node-error',
          )
        expect(await failureOf({ rows: 3, bytes: 1000 })).toMatchObject({
          error: { code: 'limit_exceeded', details: { limit: 'rows', max: 3 } },
        })
        expect(await failureOf({ rows: 9, bytes: 3 })).toMatchObject({
          error: { code: 'limit_exceeded', details: { limit: 'bytes', max: 3 } },
        })
        expect(await failureOf({ rows: 4, bytes: 1000 })).toBeUndefined()
      })

      it('[Q27] fail when two columns have one name', async () => {
        const expression = { sqlExpressionAndParameters: sql('SELECT id, name, id FROM people') }
        expect(await driver.node('getRows', expression)).toMatchObject({
          error: { code: 'database_failed', property: 'sqlExpressionAndParameters' },
        })
      })
    })

    it.each(['getSingleValue', 'getRow', 'getRows'])(
      '[Q15] %s never takes a value that is too large for none',
      async (type) => {
        const expression = sql(words.longText(8 * 1024 * 1024 + 1))
        expect(await driver.node(type, { sqlExpressionAndParameters: expression })).toMatchObject({
          error: {
            code: 'limit_exceeded',
            property: 'sqlExpressionAndParameters',
            details: { limit: 'bytes', max: 8 * 1024 * 1024 },
          },
        })
      },
      30_000,
    )

    it('[Q28] Execute command gives how many rows were affected', async () => {
      await insertPerson(1, 'Ada')
      await insertPerson(2, 'Bob')
      const update = sql('UPDATE people SET note = @note', { note: 'Hi' })
      expect(await driver.node('executeCommand', { sqlExpressionAndParameters: update })).toEqual({
        outputs: { rowsAffected: 2 },
      })
    })

    it('[Q31] a node records its statements, with their values only when it is traced fully', async () => {
      const statement = 'SELECT name FROM people WHERE name = @name'
      const expression = { sqlExpressionAndParameters: sql(statement, { name: 'secret-value' }) }
      const calls = async (options: object) => {
        const events = await driver.events('getRow', expression, options)
        return events.filter(({ type }) => type === 'node-call')
      }
      expect(await calls({})).toMatchObject([
        { kind: 'query', attempt: 1, statement, request: { name: 'secret-value' } },
      ])
      const summary = await calls({ trace: 'summary' })
      expect(summary).toMatchObject([{ kind: 'query', statement }])
      expect(JSON.stringify(summary)).not.toContain('secret-value')
    })

    it('[Q31] a node records the beginning of what is long, and the first of many values', async () => {
      const source = Array.from({ length: 101 }, (_, id) => ({ id, note: 'x'.repeat(3000) }))
      const properties = {
        tableName: 'people',
        source: source.map((row) => ({ ...row, name: '' })),
      }
      const events = await driver.events('insertRows', properties)
      const [call] = events.filter((event) => event.type === 'node-call')
      const values = Object.values((call?.request ?? {}) as Readonly<Record<string, unknown>>)
      expect(values).toHaveLength(100)
      expect(values[1]).toBe(`${'x'.repeat(2000)}… (3,000 characters)`)
    }, 30_000)

    it('[Q14] a node is cancelled with its run', async () => {
      const run = new AbortController()
      const expression = { sqlExpressionAndParameters: sql(words.sleep(20)) }
      setTimeout(() => run.abort(), 200)
      const events = await driver.events('executeCommand', expression, { signal: run.signal })
      expect(events.at(-1)).toMatchObject({ type: 'run-end', outcome: 'cancelled' })
      expect(await names()).toEqual([])
    }, 15_000)

    describe('Insert or update row', () => {
      const save = (
        mapping: readonly (readonly [string, string | number, 'key'?])[],
        table = 'people',
      ) =>
        driver.node('upsertRow', {
          tableName: table,
          columnValueMapping: mapping.map(([column, value, key]) => ({
            column,
            type: 'auto',
            value,
            ...(key === undefined ? {} : { key: true }),
          })),
          resultVariable: 'operation',
        })

      it('[Q29] says what it did', async () => {
        const row = [
          ['ID', 1, 'key'],
          ['name', 'Ada'],
        ] as const
        expect(await save(row)).toEqual({ outputs: { operation: 'INSERT' } })
        expect(await save(row)).toEqual({ outputs: { operation: 'UPDATE' } })
      })

      it('[Q24] fails for a column that is not there, with the nearest one', async () => {
        expect(
          await save([
            ['id', 1, 'key'],
            ['nmae', 'Ada'],
          ]),
        ).toMatchObject({
          error: {
            code: 'database_failed',
            message: expect.stringContaining('Did you mean name?') as string,
            property: 'columnValueMapping',
          },
        })
      })

      it('[Q23] fails for a table that is not there, at its property', async () => {
        expect(await save([['id', 1, 'key']], 'poeple')).toMatchObject({
          error: { code: 'database_failed', nodeId: 'node', property: 'tableName' },
        })
      })
    })

    describe('Insert rows', () => {
      const insert = (source: readonly object[]) =>
        driver.node('insertRows', {
          tableName: 'people',
          source: { $literal: source as never },
        })

      it('[Q30] inserts records of different fields', async () => {
        expect(
          await insert([
            { id: 1, name: 'Ada' },
            { name: 'Bob', id: 2, note: 'Hi' },
          ]),
        ).toEqual({ outputs: { rowsInserted: 2 } })
        expect((await driver.run('SELECT id, name, note FROM people ORDER BY id')).rows).toEqual([
          [1, 'Ada', null],
          [2, 'Bob', 'Hi'],
        ])
      })

      it('[Q30] inserts none when one of them is refused', async () => {
        const people = Array.from({ length: 1500 }, (_, id) => ({ id, name: `Person ${id}` }))
        expect(await insert([...people, { id: 1, name: 'Again' }])).toMatchObject({
          error: { code: 'database_failed', property: 'source' },
        })
        expect(await names()).toEqual([])
        expect(await insert(people)).toEqual({ outputs: { rowsInserted: 1500 } })
      }, 30_000)

      it('[Q30] inserts nothing from an empty list', async () => {
        expect(await insert([])).toEqual({ outputs: { rowsInserted: 0 } })
      })

      it('[Q24] fails for a field that is no column', async () => {
        expect(await insert([{ id: 1, nam: 'Ada' }])).toMatchObject({
          error: {
            code: 'database_failed',
            message: expect.stringContaining('Did you mean name?') as string,
            property: 'source',
          },
        })
      })
    })

    it('[Q16] gives the same session to all of its work', async () => {
      const rows = await driver.withSession({ transaction: 'rollback' }, async (session) => {
        for (const id of [1, 2, 3]) {
          await session.run(
            'INSERT INTO people (id, name) VALUES (@id, @name)',
            autoParameters({ id, name: `Person ${id}` }),
          )
        }
        return (await session.run('SELECT count(*) FROM people')).rows
      })
      expect(rows).toEqual([[3]])
    })
  })
}
