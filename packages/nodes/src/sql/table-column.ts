import { FlowError } from '@millrace/flow'
import type { Table, TableColumn } from './database.ts'
import { nearestNames } from './nearest-names.ts'

/**
 * The column of a table that is to be written, by its name in any case. Throws `database_failed` when
 * there is none, with the nearest ones, and for one that the database alone writes.
 */
export function writableColumn(table: Table, name: string): TableColumn {
  const column = columnNamed(table, name)
  if (column.isGenerated !== true) return column
  throw new FlowError(
    'database_failed',
    `The column "${column.name}" of "${table.name}" is computed by the database and cannot be written. Leave it out.`,
    { details: { reason: 'generated_column', columnName: column.name } },
  )
}

/** The column of a table by its name, in any case where that is clear. */
export function columnNamed(table: Table, name: string): TableColumn {
  const exact = table.columns.find((column) => column.name === name)
  if (exact !== undefined) return exact
  const [similar, ...others] = table.columns.filter(
    (column) => column.name.toLowerCase() === name.toLowerCase(),
  )
  if (similar !== undefined && others.length === 0) return similar
  const names = table.columns.map((column) => column.name)
  const suggestions = nearestNames(name, names)
  const [nearest] = suggestions
  throw new FlowError(
    'database_failed',
    nearest === undefined
      ? `The table "${table.name}" has no column "${name}". Its columns: ${names.slice(0, 20).join(', ')}.`
      : `The table "${table.name}" has no column "${name}". Did you mean ${nearest}?`,
    { details: { reason: 'no_column', suggestions } },
  )
}
