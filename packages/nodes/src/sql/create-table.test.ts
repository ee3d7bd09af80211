import { columnTypes, type ColumnType } from '@millrace/flow'
import { describe, expect, it } from 'vitest'
import { createTableStatements } from './create-table.ts'

const column = (name: string, type: ColumnType, more: object = {}) => ({
  name,
  type,
  key: false,
  nullable: true,
  ...more,
})
const all = (Object.keys(columnTypes) as ColumnType[]) // its keys are the types
  .map((type) => column(type, type, type === 'vector' ? { dimensions: 512 } : {}))

describe('Create table', () => {
  it('[Q25] makes a table of every type in PostgreSQL', () => {
    const columns = [column('id', 'text', { key: true }), ...all]
    expect(createTableStatements('postgres', { table: 'docs.chunks', columns })).toEqual([
      'CREATE EXTENSION IF NOT EXISTS vector',
      `CREATE TABLE "docs"."chunks" (
  "id" text NOT NULL,
  "text" text,
  "integer" bigint,
  "number" double precision,
  "boolean" boolean,
  "date" date,
  "timestamp" timestamptz,
  "uuid" uuid,
  "json" jsonb,
  "vector" vector(512),
  PRIMARY KEY ("id")
)`,
      `ALTER TABLE "docs"."chunks"
  ALTER COLUMN "vector" SET STORAGE PLAIN`,
    ])
  })

  it.each([
    [[1800], ['ALTER TABLE "t"\n  ALTER COLUMN "v1800" SET STORAGE PLAIN']],
    [[1801], []],
    [
      [512, 768],
      [
        'ALTER TABLE "t"\n  ALTER COLUMN "v512" SET STORAGE PLAIN,\n  ALTER COLUMN "v768" SET STORAGE PLAIN',
      ],
    ],
    [[1024, 1536], []],
  ])(
    '[Q25] keeps vectors of %j dimensions in their rows where they fit: %j',
    (sizes, statements) => {
      const columns = sizes.map((dimensions) => column(`v${dimensions}`, 'vector', { dimensions }))
      expect(createTableStatements('postgres', { table: 't', columns }).slice(2)).toEqual(
        statements,
      )
    },
  )

  it('[Q25] makes a table of every type in SQL Server', () => {
    const columns = [column('id', 'text', { key: true }), ...all]
    expect(createTableStatements('sqlserver', { table: '[dbo].[Chunks]', columns })).toEqual([
      `CREATE TABLE [dbo].[Chunks] (
  [id] nvarchar(450) NOT NULL,
  [text] nvarchar(max),
  [integer] bigint,
  [number] float,
  [boolean] bit,
  [date] date,
  [timestamp] datetimeoffset,
  [uuid] uniqueidentifier,
  [json] nvarchar(max),
  [vector] vector(512),
  PRIMARY KEY ([id])
)`,
    ])
  })

  it('[Q25] keeps a name inside its quotes, whatever it holds', () => {
    const columns = [column('a"]; DROP TABLE x; --', 'text', { nullable: false })]
    expect(createTableStatements('postgres', { table: '"x"";--"', columns })).toEqual([
      'CREATE TABLE "x"";--" (\n  "a""]; DROP TABLE x; --" text NOT NULL\n)',
    ])
    expect(createTableStatements('sqlserver', { table: '[x]];--]', columns })).toEqual([
      'CREATE TABLE [x]];--] (\n  [a"]]; DROP TABLE x; --] nvarchar(max) NOT NULL\n)',
    ])
  })

  it.each([
    ['a.b.c', [column('a', 'text')], '"a.b.c" is no name of a table'],
    ['a', [], 'The table "a" needs a column.'],
    ['a', [column('v', 'vector')], 'The column "v" needs a number of dimensions'],
  ])('[Q25] refuses a table that no system could make', (table, columns, message) => {
    expect(() => createTableStatements('postgres', { table, columns })).toThrow(message)
  })
})
