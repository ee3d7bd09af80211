import { FlowError } from '@millrace/flow'
import type { TableName } from './database.ts'
import { nearestNames } from './nearest-names.ts'
import { readWrittenName } from './written-name.ts'

/**
 * The error of a table that is not there, with the nearest names of those that are. `homeSchema` is
 * the one in which the database looks for names without a schema.
 */
export function tableMissing(
  written: string,
  tables: readonly TableName[],
  homeSchema: string,
): FlowError {
  const wanted = readWrittenName(written)
  if (wanted === undefined) {
    return new FlowError(
      'database_failed',
      `"${written}" is no name of a table. Write it like orders, sales.orders or "My Table".`,
    )
  }
  const nameOf = ({ schema, name }: TableName) =>
    schema === homeSchema ? name : `${schema}.${name}`
  const isSameName = ({ name }: TableName) => name.toLowerCase() === wanted.name.text.toLowerCase()
  const near = nearestNames(
    wanted.name.text,
    tables.map(({ name }) => name),
  )
  const suggestions = [
    ...tables.filter(isSameName),
    ...near.flatMap((name) => tables.filter((table) => table.name === name && !isSameName(table))),
  ]
    .map(nameOf)
    .slice(0, 5)
  const [first, ...others] = suggestions
  const remedy =
    first === undefined
      ? 'Check its name and schema, or create it.'
      : `Did you mean ${first}${others.length === 0 ? '' : `, or ${others.join(', ')}`}?`
  return new FlowError('database_failed', `There is no table "${written}". ${remedy}`, {
    details: { reason: 'no_table', suggestions },
  })
}
