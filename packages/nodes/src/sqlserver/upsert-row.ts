import type { SqlParameter } from '@millrace/flow'
import type { Table, TableColumn, TableName } from '../sql/catalogue.ts'
import type { BoundCell, ColumnValue, SqlSession } from '../sql/database.ts'
import { identityKey, rowNotNumbered } from '../sql/identity-column.ts'
import { quoteIdentifier } from '../sql/quote-identifier.ts'
import { bindCell } from './bind-cell.ts'

/**
 * Updates the row or inserts it, in one statement that keeps others from doing so meanwhile. A row that
 * is meant by a column that the database numbers can only be updated.
 */
export async function upsertRow(
  session: SqlSession,
  table: Table,
  values: readonly ColumnValue[],
): Promise<'INSERT' | 'UPDATE'> {
  const identity = identityKey(table, values)
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
  identity: TableColumn,
): Promise<'UPDATE'> {
  const cells = mergedCells(values)
  const { affected } = await session.run(updateStatement(table, cells), parametersOf(cells))
  if (affected > 0) return 'UPDATE'
  throw rowNotNumbered(table, identity)
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

function quote(identifier: string): string {
  return quoteIdentifier('sqlserver', identifier)
}
