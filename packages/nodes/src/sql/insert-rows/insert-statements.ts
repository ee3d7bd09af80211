import type { SqlParameter } from '@millrace/flow'
import type { BoundStatement, SqlDialect, Table, TableColumn } from '../database.ts'
import { writableColumn } from '../table-column.ts'

type Row = Readonly<Record<string, unknown>>

/** The most rows that one statement inserts, on every system. */
const mostRows = 1000

/**
 * Statements that insert records, as many in each as the system takes. A record without a field of the
 * others leaves it to the database. Throws `database_failed` for a field that is no column.
 */
export function insertStatements(
  dialect: SqlDialect,
  table: Table,
  records: readonly Row[],
): readonly BoundStatement[] {
  const columnOf = new Map<string, TableColumn>()
  for (const record of records) {
    for (const field of Object.keys(record)) {
      if (!columnOf.has(field)) columnOf.set(field, writableColumn(table, field))
    }
  }
  const columns = [...new Set(columnOf.values())]
  const perStatement = Math.min(
    mostRows,
    Math.floor(dialect.maxParameters / Math.max(1, columns.length)),
  )
  const rows = records.map((record) => valuesByColumn(record, columnOf))
  return Array.from({ length: Math.ceil(rows.length / perStatement) }, (_, index) =>
    insertStatement(
      { dialect, table, columns },
      rows.slice(index * perStatement, (index + 1) * perStatement),
    ),
  )
}

function valuesByColumn(
  record: Row,
  columnOf: ReadonlyMap<string, TableColumn>,
): ReadonlyMap<TableColumn | undefined, unknown> {
  return new Map(Object.entries(record).map(([field, value]) => [columnOf.get(field), value]))
}

interface Target {
  readonly dialect: SqlDialect
  readonly table: Table
  readonly columns: readonly TableColumn[]
}

function insertStatement(
  { dialect, table, columns }: Target,
  rows: readonly ReadonlyMap<TableColumn | undefined, unknown>[],
): BoundStatement {
  const parameters: SqlParameter<unknown>[] = []
  const lists = rows.map((row) => {
    const cells = columns.map((column) => {
      if (!row.has(column)) return 'DEFAULT'
      const cell = dialect.bindCell(column, `v${parameters.length}`, row.get(column))
      parameters.push(cell.parameter)
      return cell.expression
    })
    return `(${cells.join(', ')})`
  })
  const target = `${dialect.quote(table.schema)}.${dialect.quote(table.name)}`
  const names = columns.map(({ name }) => dialect.quote(name)).join(', ')
  return { statement: `INSERT INTO ${target} (${names}) VALUES ${lists.join(', ')}`, parameters }
}
