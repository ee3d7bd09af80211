import { implement, type Implementation } from '@millrace/engine'
import { FlowError, type MappedColumn } from '@millrace/flow'
import type { ColumnValue, Table } from '../database.ts'
import type { SqlSystem } from '../sql-system.ts'
import { writableColumn } from '../table-column.ts'
import { blaming, withDatabase } from '../with-database.server.ts'
import { upsertRow } from './definition.ts'

/** Writes the row, in one transaction. */
export function runUpsertRow(system: SqlSystem): Implementation {
  return implement(upsertRow(system), (node) =>
    withDatabase(node, { transaction: 'commit' }, async ({ dialect, session, catalogue }) => {
      const { tableName, columnValueMapping } = node.properties
      const table = await blaming('tableName', () => dialect.findTable(catalogue, tableName))
      return blaming('columnValueMapping', async () => {
        const values = columnValues(table, columnValueMapping)
        return { outputs: { operation: await dialect.upsertRow(session, table, values) } }
      })
    }),
  )
}

function columnValues(
  table: Table,
  mapping: readonly MappedColumn<unknown>[],
): readonly ColumnValue[] {
  const values = mapping.map(({ column, key = false, value }) => ({
    column: writableColumn(table, column),
    key,
    value,
  }))
  const columns = values.map(({ column }) => column)
  const twice = columns.find((column, index) => columns.indexOf(column) !== index)
  if (twice === undefined) return values
  throw new FlowError('database_failed', `The column "${twice.name}" is mapped twice. Remove one.`)
}
