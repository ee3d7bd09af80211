import type { ColumnTypeChoice, SqlParameter } from '@millrace/flow'
import type { Table, TableColumn, TableName } from '../sql/catalogue.ts'
import type { SqlSession } from '../sql/database.ts'
import { tableMissing } from '../sql/table-missing.ts'
import { readWrittenName } from '../sql/written-name.ts'

/** Lists tables and views whose name holds a text, at most 500, by schema and name. */
export async function listTables(
  session: SqlSession,
  search: string,
): Promise<readonly TableName[]> {
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

/** Finds a table by what a designer wrote; throws `database_failed` when there is none. */
export async function findTable(session: SqlSession, written: string): Promise<Table> {
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
