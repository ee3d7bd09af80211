import { FlowError } from '@millrace/flow'
import type { TableName } from './database.ts'
import { didYouMean } from './did-you-mean.ts'
import { nearestNames } from './nearest-names.ts'
import { readWrittenName } from './written-name.ts'

/**
 * The tables that a name which is none most likely means, as one would write them. `homeSchema` is the
 * one in which the database looks for names without a schema.
 */
export function nearTables(
  written: string,
  tables: readonly TableName[],
  homeSchema: string,
): readonly string[] {
  const wanted = readWrittenName(written)?.name.text ?? ''
  const isSameName = ({ name }: TableName) => name.toLowerCase() === wanted.toLowerCase()
  const near = nearestNames(
    wanted,
    tables.map(({ name }) => name),
  )
  return [
    ...tables.filter(isSameName),
    ...near.flatMap((name) => tables.filter((table) => table.name === name && !isSameName(table))),
  ]
    .map(({ schema, name }) => (schema === homeSchema ? name : `${schema}.${name}`))
    .slice(0, mostSuggested)
}

/** So many suggestions are more help than noise. */
const mostSuggested = 5

/** The error of a table that is not there, with the nearest names of those that are. */
export function tableMissing(
  written: string,
  tables: readonly TableName[],
  homeSchema: string,
): FlowError {
  if (readWrittenName(written) === undefined) {
    return new FlowError(
      'database_failed',
      `"${written}" is no name of a table. Write it like orders, sales.orders or "My Table".`,
    )
  }
  const suggestions = nearTables(written, tables, homeSchema)
  const remedy =
    suggestions.length === 0 ? 'Check its name and schema, or create it.' : didYouMean(suggestions)
  return new FlowError('database_failed', `There is no table "${written}". ${remedy}`, {
    details: { reason: 'no_table', suggestions },
  })
}
