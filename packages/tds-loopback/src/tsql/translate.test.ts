import { expect, it } from 'vitest'
import type { Relation } from './names.ts'
import { translate, type Statement } from './translate.ts'

const relations: readonly Relation[] = [
  { schema: 'dbo', name: 'Orders', columns: ['Id', 'Code', 'Paid'] },
]

function translated(batch: string): readonly Statement[] {
  const parameters = [{ name: '@Code', type: 'text', value: 'a' }]
  return [
    ...translate(batch, {
      parameters,
      relations: () => relations,
      globals: () => new Map([['@@SPID', '7']]),
    }),
  ]
}

/** The text of each query, with single spaces. */
function sqlOf(batch: string): readonly string[] {
  return translated(batch).map((statement) =>
    statement.kind === 'query'
      ? statement.query.sql.trim().replaceAll(/\s+/g, ' ')
      : statement.kind,
  )
}

it.each([
  ['gives names their case', 'select ID from dbo.ORDERS', 'SELECT "Id" FROM "dbo" . "Orders"'],
  [
    'takes keywords for names in brackets only',
    'SELECT [select] FROM Orders AS o',
    'SELECT "select" FROM "Orders" AS "o"',
  ],
  [
    'binds variables by number, in any case',
    'SELECT @code, @CODE FROM Orders',
    'SELECT ($1::text) , ($1::text) FROM "Orders"',
  ],
  [
    'limits by TOP, in brackets of its own',
    'SELECT TOP (2) Id FROM (SELECT TOP 1 Id FROM Orders) AS x',
    'SELECT "Id" FROM ( SELECT "Id" FROM "Orders" limit 1 ) AS "x" limit ( 2 )',
  ],
  [
    'leaves hints out',
    'SELECT Id FROM Orders WITH (UPDLOCK, HOLDLOCK) OPTION (MAXRECURSION 0)',
    'SELECT "Id" FROM "Orders"',
  ],
  [
    'takes nothing in a string or a comment for anything else',
    "SELECT N'@Code; TOP 1' -- @Code\n/* ; */ FROM Orders",
    `SELECT '@Code; TOP 1' FROM "Orders"`,
  ],
  [
    'puts OUTPUT where PostgreSQL has it',
    'DELETE Orders OUTPUT deleted.Id WHERE Code = @Code',
    'DELETE FROM "Orders" WHERE "Code" = ($1::text) returning with (old as "deleted", new as "inserted") "deleted" . "Id"',
  ],
  [
    'has types under their names',
    'SELECT CAST(Code AS nvarchar(max)), CONVERT(datetime2(3), Paid), COUNT(*) FROM Orders',
    'SELECT cast ( "Code" as text) , cast ( "Paid" as timestamp(3)) , cast (count ( * ) as integer) FROM "Orders"',
  ],
])('%s', (_title, tsql, sql) => {
  expect(sqlOf(tsql)).toEqual([sql])
})

it('tells statements apart, and what is none for PostgreSQL', () => {
  expect(
    sqlOf(
      "SET NOCOUNT ON; BEGIN TRAN; SELECT ';'; COMMIT; WAITFOR DELAY '00:00:01'; THROW 50001, 'x', 1",
    ),
  ).toEqual(['nothing', 'begin', "SELECT ';'", 'commit', 'wait', 'raise'])
})

it('knows which word of the batch a place in the query comes from', () => {
  const [statement] = translated('SELECT\n  Id,\n  Nope\nFROM Orders')
  const query = statement?.kind === 'query' ? statement.query : undefined
  const position = (query?.sql.indexOf('"Nope"') ?? 0) + 1
  expect(query?.tokenAt(position)).toMatchObject({ text: 'Nope', line: 3 })
})
