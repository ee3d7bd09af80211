import { isRecord, type FlowNode, type JsonValue } from '@millrace/flow'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  openVectorsDriver,
  type ConnectionUnderTest,
  type VectorsDriver,
  type VectorsOutcome,
} from './vectors-under-test.server.ts'

type Properties = NonNullable<FlowNode['properties']>

const definition: JsonValue = [
  { name: 'id', type: 'text', key: true },
  { name: 'content', type: 'text', content: true },
  { name: 'embedding', type: 'vector', vector: true },
  { name: 'link', type: 'text', metadata: true },
  { name: 'year', type: 'integer', metadata: true },
]

const documents = [
  { id: 'a', content: 'mill', vector: '[1,0,0]', link: '/mill', year: 2020 },
  { id: 'b', content: 'mill and wheel', vector: '[1,1,0]', link: '/both', year: 2021 },
  { id: 'c', content: 'wheel', vector: '[0,1,0]', link: null, year: 2022 },
  { id: 'd', content: 'corn', vector: '[0,0,2]', link: '/corn', year: 2023 },
  { id: 'e', content: 'not embedded', vector: null, link: '/none', year: 2024 },
]

const injection = `x'; DROP TABLE docs; --`

/** What Search vectors and Save vectors do on every PostgreSQL. */
export function describeVectors(name: string, open: () => Promise<ConnectionUnderTest>): void {
  describe(name, { timeout: 30_000 }, () => {
    let driver: VectorsDriver

    beforeAll(async () => {
      driver = await openVectorsDriver(await open())
      await run('CREATE EXTENSION IF NOT EXISTS vector')
    }, 60_000)

    afterAll(() => driver.close())

    beforeEach(async () => {
      await run('DROP TABLE IF EXISTS docs')
      await run(
        'CREATE TABLE docs (id text PRIMARY KEY, content text, embedding vector(3), link text, year int)',
      )
      for (const document of documents) {
        await run('INSERT INTO docs VALUES (@id, @content, @vector, @link, @year)', document)
      }
    })

    const run = (statement: string, values: Readonly<Record<string, unknown>> = {}) =>
      driver.run(statement, values)

    const rowsOf = async (statement: string) => (await run(statement)).rows

    const search = (properties: Properties = {}) =>
      driver.search({
        table: 'docs',
        searchText: 'mill',
        recordDefinition: definition,
        searchResultVariable: 'searchResult',
        ...properties,
      })

    const hits = async (properties: Properties = {}) => {
      const { outputs, error } = await search(properties)
      expect(error).toBeUndefined()
      return resultIn(outputs)
    }

    const keys = async (properties: Properties) =>
      (await hits(properties)).records.map(({ key }) => key).join(' ')

    const filtered = (rows: readonly JsonValue[], match = 'all') =>
      keys({ top: 10, filter: { match, rows } })

    const asked = () => driver.provider.requests.length

    describe('Search vectors', () => {
      it('[V4] gives the nearest records first, with their distance and metadata', async () => {
        const { records } = await hits()
        expect(records).toEqual([
          { key: 'a', content: 'mill', metadata: { link: '/mill', year: 2020 }, score: 0 },
          {
            key: 'b',
            content: 'mill and wheel',
            metadata: { link: '/both', year: 2021 },
            score: expect.closeTo(1 - Math.SQRT1_2, 5),
          },
          { key: 'c', content: 'wheel', metadata: { link: null, year: 2022 }, score: 1 },
        ])
      })

      it('[V4] puts equally near records by their key', async () => {
        expect(await keys({ searchText: 'mill wheel', top: 10 })).toBe('b a c d')
      })

      it('[V4] gives an empty list and an empty prompt where nothing is found', async () => {
        await run('DELETE FROM docs')
        expect(await hits()).toEqual({ records: [], prompt: '' })
      })

      it.each<[string, string, number]>([
        ['cosine', 'a b c d', 0],
        ['euclidean', 'a b c d', 0],
        ['dotProduct', 'a b c d', -1],
        ['manhattan', 'a b c d', 0],
      ])('[V5] measures by %s', async (distanceFunction, order, nearest) => {
        const properties = { distanceFunction, top: 10 }
        const { records } = await hits(properties)
        expect(records.map(({ key }) => key).join(' ')).toBe(order)
        expect(records[0]?.score).toBe(nearest)
      })

      it.each<[string, readonly number[]]>([
        ['euclidean', [0, 1, Math.SQRT2, Math.sqrt(5)]],
        ['dotProduct', [-1, -1, -0, -0]],
        ['manhattan', [0, 1, 2, 3]],
      ])('[V5] gives %s distances', async (distanceFunction, distances) => {
        const { records } = await hits({ distanceFunction, top: 10 })
        expect(records.map(({ score }) => score)).toEqual(
          distances.map((distance) => expect.closeTo(distance, 5)),
        )
      })

      it('[V6] keeps to Top, Skip and Score limit', async () => {
        expect(await keys({ top: 1 })).toBe('a')
        expect(await keys({ top: 2, skip: 1 })).toBe('b c')
        expect(await keys({ top: 10, scoreLimit: 0.5 })).toBe('a b')
        expect(await keys({ top: 10, scoreLimit: 0 })).toBe('a')
        expect(await keys({ skip: 100 })).toBe('')
      })

      it('[V6] leaves out records without a vector, and those whose distance is no number', async () => {
        await run("INSERT INTO docs (id, embedding) VALUES ('zero', '[0,0,0]')")
        expect(await keys({ top: 10 })).toBe('a b c d')
      })

      describe('with an index of vectors', () => {
        beforeEach(async () => {
          await run(`
            INSERT INTO docs (id, content, embedding)
            SELECT 'n' || i, 'near', ARRAY[1, i / 1000.0, 0]::vector FROM generate_series(1, 100) AS i`)
          await run('CREATE INDEX ON docs USING hnsw (embedding vector_cosine_ops)')
          // So that the planner takes it for a large table.
          await run(
            "UPDATE pg_class SET reltuples = 1000000, relpages = 1 WHERE oid = 'docs'::regclass",
          )
        })

        it('[V16] uses it, also where a limit and a filter are given', async () => {
          const filter = {
            match: 'all',
            rows: [{ field: 'content', operator: 'equals', value: 'near' }],
          }
          const { events } = await search({ scoreLimit: 1, skip: 1, filter })
          const [query] = events.flatMap((event) =>
            event.type === 'node-call' && event.kind === 'query' ? [event] : [],
          )
          const { rows } = await run(`EXPLAIN ${query?.statement ?? ''}`, {
            ...(isRecord(query?.request) ? query.request : {}),
            // Of a vector only the length is recorded.
            p0: [1, 0, 0],
          })
          expect(rows.join('\n')).toContain('Index Scan using docs_embedding_idx')
        })

        it('[V16] gives as many as are wanted, though it looks at 40 unless told otherwise', async () => {
          expect((await hits({ top: 80 })).records).toHaveLength(80)
          expect((await hits({ top: 30, skip: 60 })).records).toHaveLength(30)
        })

        it('[V16] finds what a filter leaves, however far away it is', async () => {
          expect(await filtered([{ field: 'id', operator: 'equals', value: 'd' }])).toBe('d')
        })
      })

      it.each<[JsonValue, string]>([
        [{ field: 'id', operator: 'equals', value: 'b' }, 'b'],
        [{ field: 'year', operator: 'equals', value: 2021 }, 'b'],
        [{ field: 'YEAR', operator: 'equals', value: '2021' }, 'b'],
        [{ field: 'link', operator: 'equals', value: { $literal: null } }, 'c'],
        [{ field: 'link', operator: 'notEquals', value: '/mill' }, 'b c d'],
        [{ field: 'link', operator: 'notEquals', value: { $literal: null } }, 'a b d'],
        [{ field: 'year', operator: 'less', value: 2021 }, 'a'],
        [{ field: 'year', operator: 'lessOrEqual', value: 2021 }, 'a b'],
        [{ field: 'year', operator: 'greater', value: 2021 }, 'c d'],
        [{ field: 'year', operator: 'greaterOrEqual', value: 2021 }, 'b c d'],
        [{ field: 'id', operator: 'in', value: { $literal: ['a', 'd', 'x'] } }, 'a d'],
        [{ field: 'year', operator: 'in', value: { $literal: [2020, 2023] } }, 'a d'],
        [{ field: 'link', operator: 'in', value: { $literal: ['/mill', null] } }, 'a c'],
        [{ field: 'id', operator: 'in', value: { $literal: [] } }, ''],
        [{ field: 'id', operator: 'in', value: 'a, d' }, 'a d'],
        [{ field: 'id', operator: 'in', value: '["a", "d"]' }, 'a d'],
        [{ field: 'year', operator: 'in', value: 2021 }, 'b'],
      ])('[V7] filters by %j', async (row, expected) => {
        expect(await filtered([row])).toBe(expected)
      })

      it('[V7] wants all comparisons or any of them to hold', async () => {
        const rows = [
          { field: 'year', operator: 'greater', value: 2020 },
          { field: 'link', operator: 'equals', value: '/mill' },
        ]
        expect(await filtered(rows, 'all')).toBe('')
        expect(await filtered(rows, 'any')).toBe('a b c d')
        expect(await filtered([], 'any')).toBe('a b c d')
      })

      it('[V8] writes the hits for a model: their contents, or each by the template', async () => {
        expect((await hits({ top: 2 })).prompt).toBe('mill\n\nmill and wheel')
        const promptTemplate = '[@[id]] @[content] (@[link], @[year]) @[embedding] @[other] @id'
        expect((await hits({ top: 1, promptTemplate })).prompt).toBe(
          '[a] mill (/mill, 2020) @[embedding] @[other] @id',
        )
      })

      it('[V8] never reads what is put in as a template', async () => {
        await run("UPDATE docs SET content = 'see @[link]' WHERE id = 'a'")
        expect((await hits({ top: 1, promptTemplate: '@[content]' })).prompt).toBe('see @[link]')
      })

      it('[V9] asks nothing for a search text that is blank', async () => {
        const before = asked()
        expect((await search({ searchText: ' \n' })).error).toMatchObject({
          code: 'input_invalid',
          nodeId: 'search',
          property: 'searchText',
          message: '"Search text" of "Search" is empty.',
        })
        expect(asked()).toBe(before)
      })

      it('[V15] records its statement, and of the vector the length only', async () => {
        const { events } = await search({
          recordDefinition: [
            { name: 'id', type: 'text', key: true },
            { name: 'content', type: 'text', content: true },
            { name: 'embedding', type: 'vector', vector: true },
          ],
          filter: { match: 'all', rows: [{ field: 'link', operator: 'equals', value: '/mill' }] },
        })
        const queries = events.filter(
          (event) => event.type === 'node-call' && event.kind === 'query',
        )
        expect(queries).toMatchObject([
          {
            statement: [
              'SELECT * FROM (',
              '  SELECT "id", "content", "embedding" <=> @p0',
              '    FROM "public"."docs"',
              '   WHERE "embedding" IS NOT NULL AND ("link" = @p1)',
              '   ORDER BY "embedding" <=> @p0',
              '   LIMIT @p2',
              ') AS nearest',
              ' ORDER BY 3, 1',
              'OFFSET @p3',
            ].join('\n'),
            request: { p0: 'a list of 3', p1: '/mill', p2: 3, p3: 0 },
          },
        ])
      })

      it('[V1] fails at the table where it is not there, before anything is embedded', async () => {
        const before = asked()
        expect((await search({ table: 'dosc' })).error).toMatchObject({
          code: 'database_failed',
          nodeId: 'search',
          property: 'table',
          message:
            'There is no table "dosc". Did you mean docs? Create table in Record definition makes a new one.',
          details: { reason: 'no_table', suggestions: ['docs'] },
        })
        expect(asked()).toBe(before)
      })

      it.each<[string, readonly JsonValue[], string]>([
        [
          'a column that is not there',
          [{ name: 'lnk', type: 'text', metadata: true }],
          'The table "docs" has no column "lnk". Did you mean link?',
        ],
        [
          'a vector among the metadata',
          [{ name: 'Embedding', type: 'text', metadata: true }],
          'The column "embedding" of "docs" is of type vector(3), which holds vectors and is defined as Text.',
        ],
      ])('[V2] fails at the record definition for %s', async (_, fields, message) => {
        const recordDefinition = [...(definition as readonly JsonValue[]), ...fields]
        expect((await search({ recordDefinition })).error).toMatchObject({
          code: 'database_failed',
          nodeId: 'search',
          property: 'recordDefinition',
          message: expect.stringContaining(message),
        })
      })

      it.each<[string, string, string]>([
        [
          'a vector that is none',
          'embedding real[]',
          'The column "embedding" of "plain" is of type real[], which holds no vectors.',
        ],
        [
          'a content that is no text',
          'embedding vector(3), content int',
          'The column "content" of "plain" is of type integer, which holds no text.',
        ],
      ])('[V2] fails at the record definition for %s', async (_, columns, message) => {
        await run('DROP TABLE IF EXISTS plain')
        const content = columns.includes('content') ? '' : ', content text'
        await run(`CREATE TABLE plain (id text, ${columns}${content}, link text, year int)`)
        expect((await search({ table: 'plain' })).error).toMatchObject({
          code: 'database_failed',
          property: 'recordDefinition',
          message: expect.stringContaining(message),
        })
        await run('DROP TABLE plain')
      })

      it('[V3] names both lengths where the vectors do not fit', async () => {
        await run('ALTER TABLE docs DROP COLUMN embedding, ADD COLUMN embedding vector(1536)')
        expect((await search()).error).toMatchObject({
          code: 'database_failed',
          nodeId: 'search',
          property: 'recordDefinition',
          message:
            'The vectors in "embedding" of "docs" have 1536 dimensions, and those of the Text embedder have 3. Embed with the model that the table is for, or take another table.',
          details: { dimensions: 1536, given: 3 },
        })
      })

      it('[V3] leaves it to the database where its column has no length', async () => {
        await run('ALTER TABLE docs DROP COLUMN embedding, ADD COLUMN embedding vector')
        await run("UPDATE docs SET embedding = '[1,2]' WHERE id = 'a'")
        expect((await search()).error).toMatchObject({
          code: 'database_failed',
          property: 'recordDefinition',
          message: expect.stringMatching(/\b2 and 3\b|\b3 and 2\b/),
        })
      })

      it.each<[JsonValue, string, string]>([
        [{ field: 'lnk', operator: 'equals', value: 'x' }, 'database_failed', 'Did you mean link?'],
        [{ field: injection, operator: 'equals', value: 'x' }, 'database_failed', 'has no column'],
        [
          { field: 'link" = \'\' OR "link', operator: 'equals', value: 'x' },
          'database_failed',
          'has no column',
        ],
        [
          { field: { $literal: null }, operator: 'equals', value: 'x' },
          'input_invalid',
          'no field',
        ],
        [{ field: 'year', operator: 'equals', value: 'secret words' }, 'database_failed', 'bound'],
      ])('[V10] fails at the filter for %j', async (row, code, words) => {
        const { error } = await search({ filter: { match: 'all', rows: [row] } })
        expect(error).toMatchObject({ code, nodeId: 'search', property: 'filter' })
        expect(error?.message).toContain(words)
        expect(error?.message).not.toContain('secret')
      })

      it('[V10] takes a value and the name of a table for nothing else', async () => {
        expect(await filtered([{ field: 'link', operator: 'equals', value: injection }])).toBe('')
        expect(await filtered([{ field: 'link', operator: 'in', value: injection }])).toBe('')
        expect((await search({ table: `docs"; DROP TABLE docs; --` })).error).toMatchObject({
          code: 'database_failed',
          property: 'table',
        })
        expect(await rowsOf('SELECT count(*) FROM docs')).toEqual([[5]])
      })

      it('finds its columns whatever their names are', async () => {
        await run('DROP TABLE IF EXISTS "My ""odd"" table"')
        await run(
          'CREATE TABLE "My ""odd"" table" ("the key" int, "a ""b""" text, "vec;" vector(3), "@p0" text)',
        )
        await run(`INSERT INTO "My ""odd"" table" VALUES (1, 'text', '[1,0,0]', 'meta')`)
        const { records } = await hits({
          table: '"My ""odd"" table"',
          recordDefinition: [
            { name: 'the key', type: 'integer', key: true },
            { name: 'a "b"', type: 'text', content: true },
            { name: 'vec;', type: 'vector', vector: true },
            { name: '@p0', type: 'text', metadata: true },
          ],
        })
        expect(records).toEqual([
          { key: 1, content: 'text', metadata: { '@p0': 'meta' }, score: 0 },
        ])
        await run('DROP TABLE "My ""odd"" table"')
      })
    })

    describe('Save vectors', () => {
      const saveDefinition = (source: JsonValue, more: readonly JsonValue[] = []): JsonValue => [
        { name: 'id', type: 'text', key: true },
        { name: 'content', type: 'text', content: true },
        { name: 'embedding', type: 'vector', vector: true },
        { name: 'link', type: 'text', context: true, value: source },
        ...more,
      ]

      const save = (properties: Properties = {}) =>
        driver.save({
          inputText: 'The mill.\n\nThe wheel.\n\nThe corn.',
          collectionName: 'docs',
          recordDefinition: saveDefinition('/book'),
          resultVariable: 'saved',
          ...properties,
        })

      const all = () => rowsOf('SELECT count(*) FROM docs')

      const ofBook = () =>
        rowsOf("SELECT content, embedding, year FROM docs WHERE link = '/book' ORDER BY embedding")

      it('[V11] stores each piece with its vector and its context', async () => {
        const { outputs, error } = await save()
        expect(error).toBeUndefined()
        expect(outputs).toEqual({ saved: 3 })
        expect(await ofBook()).toEqual([
          ['The corn.', [0, 0, 1], null],
          ['The wheel.', [0, 1, 0], null],
          ['The mill.', [1, 0, 0], null],
        ])
      })

      it('[V11] replaces what was stored of the same context, and nothing else', async () => {
        await save()
        const { outputs } = await save({ inputText: 'Another mill.' })
        expect(outputs).toEqual({ saved: 1 })
        expect((await ofBook()).map(([content]) => content)).toEqual(['Another mill.'])
        expect(await all()).toEqual([[documents.length + 1]])
      })

      it('[V11] adds to what is there where the context has no value', async () => {
        const recordDefinition = saveDefinition({ $literal: null })
        await save({ recordDefinition })
        await save({ recordDefinition })
        expect(await all()).toEqual([[documents.length + 6]])
      })

      it('[V11] leaves the table as it was when a row is refused', async () => {
        await save()
        await run("ALTER TABLE docs ADD CHECK (content <> 'bad mill')")
        const { error } = await save({ inputText: 'good mill, good\n\nbad mill' })
        expect(error).toMatchObject({
          code: 'database_failed',
          nodeId: 'save',
          property: 'recordDefinition',
          details: { sqlState: '23514' },
        })
        expect(await ofBook()).toHaveLength(3)
      })

      it('[V11] lets two runs store the same context one after the other', async () => {
        await Promise.all([save(), save(), save()])
        expect(await ofBook()).toHaveLength(3)
      })

      it('[V3] leaves the table as it was when vectors do not fit', async () => {
        await run('ALTER TABLE docs DROP COLUMN embedding, ADD COLUMN embedding vector(2)')
        expect((await save()).error).toMatchObject({
          code: 'database_failed',
          nodeId: 'save',
          property: 'recordDefinition',
          message: expect.stringMatching(/have 2 dimensions, .* have 3\./),
        })
        expect(await all()).toEqual([[documents.length]])
      })

      it.each<[string, string, RegExp]>([
        ['text', 'text PRIMARY KEY', /^[0-9a-f-]{36}$/],
        ['uuid', 'uuid PRIMARY KEY', /^[0-9a-f-]{36}$/],
        ['integer', 'bigint GENERATED BY DEFAULT AS IDENTITY', /^\d+$/],
        ['integer', 'bigint GENERATED ALWAYS AS IDENTITY', /^\d+$/],
        ['integer', 'serial', /^\d+$/],
        ['text', "text DEFAULT 'made-' || random()", /^made-/],
      ])(
        '[V12] makes a key of type %s, or leaves it to the database: %s',
        async (type, column, key) => {
          await run('DROP TABLE docs')
          await run(`CREATE TABLE docs (id ${column}, content text, embedding vector(3))`)
          const recordDefinition = [
            { name: 'id', type, key: true },
            { name: 'content', type: 'text', content: true },
            { name: 'embedding', type: 'vector', vector: true },
          ]
          expect((await save({ recordDefinition })).outputs).toEqual({ saved: 3 })
          const made = (await rowsOf('SELECT id FROM docs')).map(([id]) => String(id))
          expect(new Set(made).size).toBe(3)
          for (const id of made) expect(id).toMatch(key)
        },
      )

      it('[V12] fails for a key that cannot be made, before anything is embedded', async () => {
        await run('DROP TABLE docs')
        await run('CREATE TABLE docs (id bigint, content text, embedding vector(3), link text)')
        const before = asked()
        expect((await save()).error).toMatchObject({
          code: 'database_failed',
          property: 'recordDefinition',
          message: expect.stringContaining(
            'No key can be made for "id" of "docs", which is of type bigint and has no default.',
          ),
        })
        expect(asked()).toBe(before)
      })

      it('[V13] stores the values of other fields, and leaves the rest to the database', async () => {
        await run("ALTER TABLE docs ADD COLUMN kind text DEFAULT 'page', ADD COLUMN data jsonb")
        await save({
          inputText: 'mill',
          recordDefinition: saveDefinition('/book', [
            { name: 'year', type: 'integer', metadata: true, value: { $expr: '2020 + 6' } },
            { name: 'data', type: 'json', value: { $literal: { a: [1] } } },
            { name: 'kind', type: 'text', metadata: true },
          ]),
        })
        expect(await rowsOf("SELECT year, kind, data FROM docs WHERE link = '/book'")).toEqual([
          [2026, 'page', { a: [1] }],
        ])
      })

      it('[V14] stores nothing of a text without words, and removes what its context had', async () => {
        await save()
        expect((await save({ inputText: ' \n' })).outputs).toEqual({ saved: 0 })
        expect(await ofBook()).toEqual([])
      })

      it('[V1] says how a table is made that is not there', async () => {
        expect((await save({ collectionName: 'pages' })).error).toMatchObject({
          code: 'database_failed',
          property: 'collectionName',
          message: expect.stringContaining('Create table in Record definition makes a new one.'),
        })
      })

      it('stores hundreds of pieces, each with its own vector', async () => {
        const sentences = Array.from({ length: 600 }, (_, index) =>
          index % 2 === 0 ? `mill piece ${index}` : `wheel piece ${index}`,
        )
        const { outputs } = await save({ inputText: sentences.join('\n\n') })
        expect(outputs).toEqual({ saved: 600 })
        expect(
          await rowsOf(
            "SELECT count(*) FROM docs WHERE link = '/book' AND embedding = CASE WHEN content LIKE 'mill%' THEN '[1,0,0]'::vector ELSE '[0,1,0]'::vector END",
          ),
        ).toEqual([[600]])
      })

      it('stores what Search vectors finds', async () => {
        await save()
        const { records } = await hits({
          searchText: 'wheel',
          filter: { match: 'all', rows: [{ field: 'link', operator: 'equals', value: '/book' }] },
          top: 1,
        })
        expect(records).toMatchObject([{ content: 'The wheel.', score: 0 }])
      })
    })
  })
}

interface SearchResult {
  readonly records: readonly {
    readonly key: unknown
    readonly content: string
    readonly score: number
  }[]
  readonly prompt: string
}

function resultIn(outputs: VectorsOutcome['outputs']): SearchResult {
  return outputs?.['searchResult'] as SearchResult // of the node's one output
}
