import { FlowError, type ColumnTypeChoice } from '@millrace/flow'
import { quoteIdentifier } from './quote-identifier.ts'
import type { SqlSystem } from './sql-system.ts'
import { readWrittenName } from './written-name.ts'

/** A column of a table that is to be made. */
export interface NewColumn {
  readonly name: string
  readonly type: ColumnTypeChoice
  /** Whether it belongs to the primary key. */
  readonly key: boolean
  readonly nullable: boolean
  /** Of a vector. */
  readonly dimensions?: number
}

/** A table that is to be made, its name as a designer writes it. */
export interface NewTable {
  readonly table: string
  readonly columns: readonly NewColumn[]
}

/**
 * The statements that make a table, to be shown and then run one by one; names are taken exactly as
 * they are written. Throws `input_invalid` for a table that no system could make.
 */
export function createTableStatements(
  system: SqlSystem['id'],
  { table, columns }: NewTable,
): readonly string[] {
  const written = readWrittenName(table)
  if (written === undefined) {
    throw refusal(`"${table}" is no name of a table. Write it like orders or sales.orders.`)
  }
  if (columns.length === 0) throw refusal(`The table "${table}" needs a column.`)
  const quote = (name: string) => quoteIdentifier(system, name)
  const keys = columns.filter(({ key }) => key).map(({ name }) => quote(name))
  const lines = [
    ...columns.map((column) => {
      const isNotNull = column.key || !column.nullable
      return `${quote(column.name)} ${typeOf(system, column)}${isNotNull ? ' NOT NULL' : ''}`
    }),
    ...(keys.length === 0 ? [] : [`PRIMARY KEY (${keys.join(', ')})`]),
  ]
  const name = [written.schema, written.name]
    .flatMap((part) => (part === undefined ? [] : [quote(part.text)]))
    .join('.')
  const create = `CREATE TABLE ${name} (\n  ${lines.join(',\n  ')}\n)`
  const vectors = system === 'postgres' ? columns.filter(({ type }) => type === 'vector') : []
  if (vectors.length === 0) return [create]
  const keepInRow = keptInRow(vectors).map(
    (column) => `ALTER COLUMN ${quote(column.name)} SET STORAGE PLAIN`,
  )
  return [
    'CREATE EXTENSION IF NOT EXISTS vector',
    create,
    ...(keepInRow.length === 0 ? [] : [`ALTER TABLE ${name}\n  ${keepInRow.join(',\n  ')}`]),
  ]
}

/** A row has 8 kB, in which the rest of it needs room too; a vector has four bytes for each dimension. */
const mostDimensionsInRow = 1800

/**
 * The vectors that are stored in their rows. PostgreSQL moves values of more than 2 kB to another table,
 * from where a search without an index would fetch each, which takes it three times as long.
 */
function keptInRow(vectors: readonly NewColumn[]): readonly NewColumn[] {
  const dimensions = vectors.reduce((sum, column) => sum + (column.dimensions ?? 0), 0)
  return dimensions <= mostDimensionsInRow ? vectors : []
}

type Types = Readonly<Record<Exclude<ColumnTypeChoice, 'vector'>, string>>

const types: Readonly<Record<SqlSystem['id'], Types>> = {
  postgres: {
    auto: 'text',
    text: 'text',
    integer: 'bigint',
    number: 'double precision',
    boolean: 'boolean',
    date: 'date',
    timestamp: 'timestamptz',
    uuid: 'uuid',
    json: 'jsonb',
  },
  sqlserver: {
    auto: 'nvarchar(max)',
    text: 'nvarchar(max)',
    integer: 'bigint',
    number: 'float',
    boolean: 'bit',
    date: 'date',
    timestamp: 'datetimeoffset',
    uuid: 'uniqueidentifier',
    json: 'nvarchar(max)',
  },
}

function typeOf(system: SqlSystem['id'], { name, type, key, dimensions }: NewColumn): string {
  if (type !== 'vector') {
    const found = types[system][type]
    // An index of SQL Server takes 900 bytes at most.
    return key && found === 'nvarchar(max)' ? 'nvarchar(450)' : found
  }
  if (dimensions !== undefined) return `vector(${dimensions})`
  throw refusal(`The column "${name}" needs a number of dimensions: that of the embedding model.`)
}

function refusal(message: string): FlowError {
  return new FlowError('input_invalid', message)
}
