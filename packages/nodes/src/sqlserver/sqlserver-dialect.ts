import { FlowError, type ColumnTypeChoice, type SqlParameter } from '@millrace/flow'
import type {
  BoundCell,
  ColumnValue,
  SqlDialect,
  SqlSession,
  Table,
  TableColumn,
  TableName,
} from '../sql/database.ts'
import { quoteIdentifier } from '../sql/quote-identifier.ts'
import { tableMissing } from '../sql/table-missing.ts'
import { readWrittenName } from '../sql/written-name.ts'

/** SQL Server, as the nodes need to know it. */
export const sqlServerDialect: SqlDialect = {
  system: 'sqlserver',
  // It takes 2,100, two of which carry the statement and the types of the others.
  maxParameters: 2098,
  quote,
  listTables,
  findTable,
  bindCell,
  upsertRow,
}

function quote(identifier: string): string {
  return quoteIdentifier('sqlserver', identifier)
}

async function listTables(session: SqlSession, search: string): Promise<readonly TableName[]> {
  const { rows } = await session.run(
    `SELECT TOP (500) s.name, o.name
       FROM sys.objects AS o JOIN sys.schemas AS s ON s.schema_id = o.schema_id
      WHERE o.type IN ('U', 'V') AND o.is_ms_shipped = 0
        AND (@search = N'' OR CHARINDEX(LOWER(@search), LOWER(CONCAT(s.name, N'.', o.name))) > 0)
      ORDER BY s.name, o.name`,
    [{ name: 'search', type: 'text', value: search }],
  )
  return rows.map(([schema, name]) => ({ schema: String(schema), name: String(name) }))
}

async function findTable(session: SqlSession, written: string): Promise<Table> {
  const wanted = readWrittenName(written)
  if (wanted === undefined) throw tableMissing(written, [], 'dbo')
  const { rows } = await session.run(findTables, [
    { name: 'schema', type: 'text', value: wanted.schema?.text ?? null },
    { name: 'name', type: 'text', value: wanted.name.text },
  ])
  // Where the database tells letters by their case, the name as it is written goes first.
  const [found] = [...rows.filter((row) => row[2] === wanted.name.text), ...rows]
  if (found === undefined) throw tableMissing(written, await listTables(session, ''), 'dbo')
  const [objectId, schema, name] = found
  const id: SqlParameter<unknown> = { name: 'id', type: 'integer', value: objectId }
  const columns = await session.run(describeColumns, [id])
  const keys = await session.run(describeKeys, [id])
  return toTable({ schema: String(schema), name: String(name) }, columns.rows, keys.rows)
}

/** Of the same name in several schemas, the one that SQL Server itself would take comes first. */
const findTables = `
  SELECT o.object_id, s.name, o.name
    FROM sys.objects AS o JOIN sys.schemas AS s ON s.schema_id = o.schema_id
   WHERE o.type IN ('U', 'V') AND LOWER(o.name) = LOWER(@name)
     AND (LOWER(s.name) = LOWER(@schema) OR (@schema IS NULL AND s.name IN (SCHEMA_NAME(), N'dbo')))
   ORDER BY CASE WHEN s.name = SCHEMA_NAME() THEN 0 ELSE 1 END, o.name`

const describeColumns = `
  SELECT c.name, COALESCE(TYPE_NAME(c.system_type_id), TYPE_NAME(c.user_type_id)),
      c.max_length, c.precision, c.scale, c.is_nullable, c.is_identity, c.is_computed, c.default_object_id
    FROM sys.columns AS c
   WHERE c.object_id = @id
   ORDER BY c.column_id`

/** Unique indexes that hold for every row, the primary key first. */
const describeKeys = `
  SELECT i.index_id, i.is_primary_key, c.name
    FROM sys.indexes AS i
    JOIN sys.index_columns AS k ON k.object_id = i.object_id AND k.index_id = i.index_id
    JOIN sys.columns AS c ON c.object_id = i.object_id AND c.column_id = k.column_id
   WHERE i.object_id = @id AND i.is_unique = 1 AND i.has_filter = 0 AND k.is_included_column = 0
   ORDER BY CASE WHEN i.is_primary_key = 1 THEN 0 ELSE 1 END, i.index_id, k.key_ordinal`

type Row = readonly unknown[]

function toTable(table: TableName, columns: readonly Row[], keys: readonly Row[]): Table {
  const byIndex = new Map<unknown, { readonly isPrimary: boolean; readonly columns: string[] }>()
  for (const [indexId, isPrimary, column] of keys) {
    const index = byIndex.get(indexId) ?? { isPrimary: isPrimary === true, columns: [] }
    index.columns.push(String(column))
    byIndex.set(indexId, index)
  }
  const uniqueKeys = [...byIndex.values()]
  const primary = uniqueKeys.find(({ isPrimary }) => isPrimary)?.columns ?? []
  return {
    ...table,
    columns: columns.map((row) => toColumn(row, primary)),
    uniqueKeys: uniqueKeys.map((index) => index.columns),
  }
}

function toColumn(row: Row, primary: readonly string[]): TableColumn {
  const [name, type, length, precision, scale, nullable, isIdentity, isComputed, defaultId] = row
  const typeName = String(type)
  const isGenerated = isComputed === true || typeName === 'timestamp'
  return {
    name: String(name),
    databaseType: typeName + sizeOf(typeName, Number(length), Number(precision), Number(scale)),
    type: columnTypes[typeName] ?? 'auto',
    nullable: nullable === true,
    key: primary.includes(String(name)),
    hasDefault: isGenerated || isIdentity === true || defaultId !== 0,
    ...(isGenerated ? { isGenerated: true } : {}),
    ...(isIdentity === true ? { isIdentity: true } : {}),
  }
}

/** What stands in the brackets of a type: lengths are in bytes, two for a letter of Unicode. */
function sizeOf(type: string, length: number, precision: number, scale: number): string {
  switch (type) {
    case 'nvarchar':
    case 'nchar':
      return length < 0 ? '(max)' : `(${length / 2})`
    case 'varchar':
    case 'char':
    case 'varbinary':
    case 'binary':
      return length < 0 ? '(max)' : `(${length})`
    case 'decimal':
    case 'numeric':
      return `(${precision},${scale})`
    case 'datetime2':
    case 'datetimeoffset':
    case 'time':
      return `(${scale})`
    default:
      return ''
  }
}

const columnTypes: Readonly<Record<string, ColumnTypeChoice>> = {
  char: 'text',
  nchar: 'text',
  varchar: 'text',
  nvarchar: 'text',
  text: 'text',
  ntext: 'text',
  tinyint: 'integer',
  smallint: 'integer',
  int: 'integer',
  bigint: 'integer',
  decimal: 'number',
  numeric: 'number',
  money: 'number',
  smallmoney: 'number',
  float: 'number',
  real: 'number',
  bit: 'boolean',
  date: 'date',
  datetime: 'timestamp',
  datetime2: 'timestamp',
  datetimeoffset: 'timestamp',
  smalldatetime: 'timestamp',
  uniqueidentifier: 'uuid',
  json: 'json',
}

/**
 * Updates the row or inserts it, in one statement that keeps others from doing so meanwhile. A row that
 * is meant by a column that the database numbers can only be updated.
 */
async function upsertRow(
  session: SqlSession,
  table: Table,
  values: readonly ColumnValue[],
): Promise<'INSERT' | 'UPDATE'> {
  const identity = values.find(({ column }) => column.isIdentity === true)
  if (identity !== undefined) return updateNumberedRow(session, table, values, identity)
  const cells = mergedCells(values)
  const { rows } = await session.run(mergeStatement(table, cells), parametersOf(cells))
  // A row of keys alone has nothing to change, so nothing is said when it is there.
  return rows[0]?.[0] === 'INSERT' ? 'INSERT' : 'UPDATE'
}

async function updateNumberedRow(
  session: SqlSession,
  table: Table,
  values: readonly ColumnValue[],
  { column, key }: ColumnValue,
): Promise<'UPDATE'> {
  const fail = (message: string) =>
    new FlowError('database_failed', message, {
      details: { reason: 'identity_column', columnName: column.name },
    })
  if (!key) {
    throw fail(
      `The column "${column.name}" of "${table.name}" is numbered by the database. Leave it out, or make it the key.`,
    )
  }
  const cells = mergedCells(values)
  const { affected } = await session.run(updateStatement(table, cells), parametersOf(cells))
  if (affected > 0) return 'UPDATE'
  throw fail(
    `"${table.name}" has no row with this ${column.name}, and a new one cannot have it: the database numbers its rows itself. Take another column as the key.`,
  )
}

/** One column of a row that is merged into its table. */
interface MergedCell extends BoundCell {
  /** Its name, quoted. */
  readonly column: string
  readonly key: boolean
  readonly isNull: boolean
}

function mergedCells(values: readonly ColumnValue[]): readonly MergedCell[] {
  return values.map(({ column, key, value }, index) => {
    const { parameter, expression } = bindCell(column, `v${index}`, value)
    return {
      column: quote(column.name),
      key,
      isNull: value === null || value === undefined,
      parameter,
      expression: key ? keyExpression(column, expression) : expression,
    }
  })
}

function parametersOf(cells: readonly MergedCell[]): readonly SqlParameter<unknown>[] {
  return cells.map(({ parameter }) => parameter)
}

/** What it did is kept in a table first: a table with triggers puts nothing out to a client. */
function mergeStatement({ schema, name }: TableName, cells: readonly MergedCell[]): string {
  const columns = cells.map(({ column }) => column).join(', ')
  const source = cells.map(({ column, expression }) => `${expression} AS ${column}`).join(', ')
  const matches = cells
    .filter(({ key }) => key)
    .map(({ column, isNull }) =>
      isNull ? `target.${column} IS NULL` : `target.${column} = source.${column}`,
    )
  const changes = cells
    .filter(({ key }) => !key)
    .map(({ column }) => `${column} = source.${column}`)
  return [
    'DECLARE @done TABLE ([action] nvarchar(10));',
    `MERGE INTO ${quote(schema)}.${quote(name)} WITH (HOLDLOCK) AS target`,
    `USING (SELECT ${source}) AS source`,
    `ON (${matches.join(' AND ')})`,
    ...(changes.length === 0 ? [] : [`WHEN MATCHED THEN UPDATE SET ${changes.join(', ')}`]),
    `WHEN NOT MATCHED THEN INSERT (${columns})`,
    `VALUES (${cells.map(({ column }) => `source.${column}`).join(', ')})`,
    'OUTPUT $action INTO @done;',
    'SELECT [action] FROM @done;',
  ].join('\n')
}

/** A row of keys alone is only looked for. */
function updateStatement({ schema, name }: TableName, cells: readonly MergedCell[]): string {
  const target = `${quote(schema)}.${quote(name)}`
  const where = cells
    .filter(({ key }) => key)
    .map(({ column, expression, isNull }) =>
      isNull ? `${column} IS NULL` : `${column} = ${expression}`,
    )
    .join(' AND ')
  const changes = cells
    .filter(({ key }) => !key)
    .map(({ column, expression }) => `${column} = ${expression}`)
  return changes.length === 0
    ? `SELECT 1 FROM ${target} WHERE ${where}`
    : `UPDATE ${target} SET ${changes.join(', ')} WHERE ${where}`
}

/**
 * A value is bound as what its column holds, and cast where that has a size of its own. Texts are not
 * cast: `CAST` would cut in silence what the table refuses. Bytes travel as base64 in JSON.
 */
function bindCell(column: TableColumn, name: string, value: unknown): BoundCell {
  const parameter = `@${name}`
  if (isBinary(column)) {
    return {
      expression: `CAST(${parameter} AS varbinary(max))`,
      parameter: { name, type: 'auto', value: typeof value === 'string' ? bytesOf(value) : value },
    }
  }
  const isCast = column.type !== 'auto' && column.type !== 'text' && column.type !== 'json'
  return {
    expression: isCast ? `CAST(${parameter} AS ${column.databaseType})` : parameter,
    parameter: { name, type: column.type, value },
  }
}

function isBinary({ databaseType }: TableColumn): boolean {
  return /^(?:(?:var)?binary|image)\b/.test(databaseType)
}

function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
}

/** The most characters of a text type that has a size. */
const longestTexts: Readonly<Record<string, number>> = {
  char: 8000,
  varchar: 8000,
  nchar: 4000,
  nvarchar: 4000,
}

/** A text that is a key, as its column's kind: as another one, no index would be used to find it. */
function keyExpression({ databaseType }: TableColumn, expression: string): string {
  const [, type = '', size = ''] = /^(\w+)(?:\((.*)\))?$/.exec(databaseType) ?? []
  const longest = longestTexts[type]
  if (longest === undefined) return expression
  const kind = type.startsWith('n') ? 'nvarchar' : 'varchar'
  const isLongest = size === 'max' || Number(size) >= longest
  return `CAST(${expression} AS ${kind}(${isLongest ? 'max' : longest}))`
}
