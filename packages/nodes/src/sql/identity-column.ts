import { FlowError } from '@millrace/flow'
import type { ColumnValue, Table, TableColumn } from './database.ts'

/**
 * The column among these that the database alone numbers: it may say which row is meant, and then the
 * row can only be updated. Throws `database_failed` where it is to be written.
 */
export function identityKey(table: Table, values: readonly ColumnValue[]): TableColumn | undefined {
  const found = values.find(({ column }) => column.isIdentity === true)
  if (found === undefined || found.key) return found?.column
  throw failure(
    `The column "${found.column.name}" of "${table.name}" is numbered by the database. Leave it out, or make it the key.`,
    found.column,
  )
}

/** The error of a row that is meant by its number, and is not there. */
export function rowNotNumbered(table: Table, column: TableColumn): FlowError {
  return failure(
    `"${table.name}" has no row with this ${column.name}, and a new one cannot have it: the database numbers its rows itself. Take another column as the key.`,
    column,
  )
}

function failure(message: string, { name }: TableColumn): FlowError {
  return new FlowError('database_failed', message, {
    details: { reason: 'identity_column', columnName: name },
  })
}
