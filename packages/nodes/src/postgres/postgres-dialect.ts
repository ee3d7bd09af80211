import { FlowError, type ColumnTypeChoice } from '@millrace/flow'
import type {
  BoundCell,
  ColumnValue,
  SqlDialect,
  SqlSession,
  Table,
  TableColumn,
  TableName,
} from '../sql/database.ts'
import { identityKey, rowNotNumbered } from '../sql/identity-column.ts'
import { quoteIdentifier } from '../sql/quote-identifier.ts'
import { tableMissing } from '../sql/table-missing.ts'
import { readWrittenName, type NamePart } from '../sql/written-name.ts'

/** PostgreSQL, as the nodes need to know it. */
export const postgresDialect: SqlDialect = {
  system: 'postgres',
  maxParameters: 32_767,
  quote,
  listTables,
  findTable,
  bindCell,
  upsertRow,
}

/** The server takes a parameter for the type of its column, so that text fits a date or a vector. */
function bindCell(column: TableColumn, name: string, value: unknown): BoundCell {
  const type = column.type === 'vector' ? 'vector' : 'auto'
  return { expression: `@${name}`, parameter: { name, type, value } }
}

function quote(identifier: string): string {
  return quoteIdentifier('postgres', identifier)
}

/** Tables, partitioned and foreign ones, views. */
const kinds = "('r', 'p', 'f', 'v', 'm')"

async function listTables(session: SqlSession, search: string): Promise<readonly TableName[]> {
  const { rows } = await session.run(
    `SELECT n.nspname, c.relname
       FROM pg_catalog.pg_class c
       JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ${kinds}
        AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
        AND position(lower(@search) IN lower(n.nspname || '.' || c.relname)) > 0
      ORDER BY n.nspname, c.relname
      LIMIT 500`,
    [{ name: 'search', type: 'text', value: search }],
  )
  return rows.map(([schema, name]) => ({ schema: String(schema), name: String(name) }))
}

async function findTable(session: SqlSession, written: string): Promise<Table> {
  const wanted = readWrittenName(written)
  if (wanted === undefined) throw tableMissing(written, [], 'public')
  const { rows } = await session.run(describeTables, [
    { name: 'schema', type: 'text', value: wanted.schema?.text ?? null },
    { name: 'name', type: 'text', value: wanted.name.text },
  ])
  const tables = rows.map((row) => row[0] as DescribedTable) // as the statement builds it
  const found = best(tables, (table) =>
    Math.min(
      fit(wanted.name, table.name),
      wanted.schema === undefined ? 3 : fit(wanted.schema, table.schema),
    ),
  )
  if (found !== undefined) return toTable(found)
  throw tableMissing(written, await listTables(session, ''), 'public')
}

/** As PostgreSQL reads a name: without quotes in lower case. Then as written, then in any case. */
function fit({ text, isQuoted }: NamePart, name: string): number {
  if (name === (isQuoted ? text : text.toLowerCase())) return 3
  return name === text ? 2 : 1
}

/** The first of those that fit best. */
function best<T>(items: readonly T[], scoreOf: (item: T) => number): T | undefined {
  return items.toSorted((left, right) => scoreOf(right) - scoreOf(left))[0]
}

interface DescribedTable {
  readonly schema: string
  readonly name: string
  readonly columns: readonly DescribedColumn[]
  /** Columns of unique indexes that hold for every row at once, the primary key first. */
  readonly keys: readonly { readonly isPrimary: boolean; readonly columns: readonly string[] }[]
}

interface DescribedColumn {
  readonly name: string
  readonly databaseType: string
  readonly typeName: string
  readonly typeModifier: number
  readonly isNullable: boolean
  readonly hasDefault: boolean
  readonly isGenerated: boolean
  readonly isIdentity: boolean
}

/** Of the same name in several schemas of the search path, the one that PostgreSQL itself would take. */
const describeTables = `
  SELECT json_build_object(
      'schema', n.nspname,
      'name', c.relname,
      'columns', (
        SELECT coalesce(json_agg(json_build_object(
            'name', a.attname,
            'databaseType', pg_catalog.format_type(a.atttypid, a.atttypmod),
            'typeName', coalesce(base.typname, t.typname),
            'typeModifier', a.atttypmod,
            'isNullable', NOT (a.attnotnull OR t.typnotnull),
            'hasDefault', a.atthasdef OR a.attidentity <> '',
            'isGenerated', a.attgenerated <> '',
            'isIdentity', a.attidentity = 'a'
          ) ORDER BY a.attnum), '[]')
          FROM pg_catalog.pg_attribute a
          JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
          LEFT JOIN pg_catalog.pg_type base ON base.oid = nullif(t.typbasetype, 0)
         WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped),
      'keys', (
        SELECT coalesce(json_agg(json_build_object(
            'isPrimary', i.indisprimary,
            'columns', (
              SELECT json_agg(a.attname ORDER BY k.place)
                FROM unnest(i.indkey) WITH ORDINALITY AS k (number, place)
                JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.number
               WHERE k.place <= i.indnkeyatts)
          ) ORDER BY i.indisprimary DESC, i.indexrelid), '[]')
          FROM pg_catalog.pg_index i
         WHERE i.indrelid = c.oid AND i.indisunique AND i.indimmediate AND i.indisvalid
           AND i.indpred IS NULL AND i.indexprs IS NULL))
    FROM pg_catalog.pg_class c
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
   WHERE c.relkind IN ${kinds}
     AND lower(c.relname) = lower(@name)
     AND CASE WHEN @schema IS NULL THEN n.nspname = ANY (current_schemas(true))
              ELSE lower(n.nspname) = lower(@schema) END
   ORDER BY array_position(current_schemas(true), n.nspname), c.relname`

function toTable({ schema, name, columns, keys }: DescribedTable): Table {
  const primary = keys.find(({ isPrimary }) => isPrimary)?.columns ?? []
  return {
    schema,
    name,
    columns: columns.map((column): TableColumn => {
      const type = columnTypesByName[column.typeName] ?? 'auto'
      return {
        name: column.name,
        databaseType: column.databaseType,
        type,
        nullable: column.isNullable,
        key: primary.includes(column.name),
        hasDefault: column.hasDefault,
        ...(column.isGenerated ? { isGenerated: true } : {}),
        ...(column.isIdentity ? { isIdentity: true } : {}),
        ...(type === 'vector' && column.typeModifier > 0
          ? { dimensions: column.typeModifier }
          : {}),
      }
    }),
    uniqueKeys: keys.map((key) => key.columns),
  }
}

const columnTypesByName: Readonly<Record<string, ColumnTypeChoice>> = {
  text: 'text',
  varchar: 'text',
  bpchar: 'text',
  citext: 'text',
  name: 'text',
  int2: 'integer',
  int4: 'integer',
  int8: 'integer',
  numeric: 'number',
  float4: 'number',
  float8: 'number',
  bool: 'boolean',
  date: 'date',
  timestamp: 'timestamp',
  timestamptz: 'timestamp',
  uuid: 'uuid',
  json: 'json',
  jsonb: 'json',
  vector: 'vector',
  halfvec: 'vector',
}

/** So often a row may be written and taken away by others while it is written here. */
const mostAttempts = 5

/**
 * Updates the row, or inserts it where there is none. A unique key of the table tells when another
 * session inserts it at the same moment; without one, sessions that write the same key take turns.
 */
async function upsertRow(
  session: SqlSession,
  table: Table,
  values: readonly ColumnValue[],
): Promise<'INSERT' | 'UPDATE'> {
  const identity = identityKey(table, values)
  const keys = values.filter(({ key }) => key)
  const isGuarded =
    keys.every(({ value }) => value !== null) &&
    table.uniqueKeys.some((unique) => isSameSet(unique, keys))
  if (!isGuarded) {
    const what = [table.schema, table.name, ...keys.map(({ value }) => value)]
    await session.run('SELECT pg_advisory_xact_lock(hashtextextended(@key, 0))', [
      { name: 'key', type: 'text', value: JSON.stringify(what) },
    ])
  }
  const { update, insert, parameters } = upsertStatements(table, values)
  // Another key that is taken is still an error.
  const conflict = `ON CONFLICT (${keys.map(({ column }) => quote(column.name)).join(', ')}) DO NOTHING`
  for (let attempt = 1; attempt <= mostAttempts; attempt += 1) {
    if ((await session.run(update, parameters)).affected > 0) return 'UPDATE'
    if (identity !== undefined) throw rowNotNumbered(table, identity)
    const inserted = await session.run(isGuarded ? `${insert} ${conflict}` : insert, parameters)
    if (inserted.affected > 0) return 'INSERT'
  }
  throw new FlowError(
    'database_failed',
    `A row of "${table.name}" is written and deleted by others all the time. Run it again.`,
    { retryable: true },
  )
}

function isSameSet(unique: readonly string[], keys: readonly ColumnValue[]): boolean {
  return unique.length === keys.length && keys.every(({ column }) => unique.includes(column.name))
}

/** The server takes each parameter for the type of its column, so that text fits a date or a vector. */
function upsertStatements({ schema, name }: TableName, values: readonly ColumnValue[]) {
  const target = `${quote(schema)}.${quote(name)}`
  const cells = values.map(({ column, key, value }, index) => ({
    column: quote(column.name),
    parameter: `@v${index}`,
    key,
    isNull: value === null,
  }))
  const where = cells
    .filter(({ key }) => key)
    .map(({ column, parameter, isNull }) => `${column} ${isNull ? 'IS NULL' : `= ${parameter}`}`)
    .join(' AND ')
  const changes = cells
    .filter(({ key }) => !key)
    .map(({ column, parameter }) => `${column} = ${parameter}`)
  const columns = cells.map(({ column }) => column).join(', ')
  return {
    // A row of keys alone has nothing to change: it is there, or not.
    update:
      changes.length === 0
        ? `SELECT 1 FROM ${target} WHERE ${where}`
        : `UPDATE ${target} SET ${changes.join(', ')} WHERE ${where}`,
    insert: `INSERT INTO ${target} (${columns}) VALUES (${cells.map(({ parameter }) => parameter).join(', ')})`,
    parameters: values.map(({ value }, index) => ({
      name: `v${index}`,
      type: 'auto' as const,
      value,
    })),
  }
}
