import { property } from '@millrace/flow'
import type { SqlSystem } from './sql-system.ts'

/** The connection of a node that asks a database. */
export function connectionOf(system: SqlSystem) {
  return property.connection({
    label: 'Connection',
    help: `The ${system.title} database that is asked.`,
    required: true,
    kinds: system.connections,
  })
}

/** A statement with its parameters, each of which is a port: `@SessionId`. */
export const sqlExpression = property.sql({
  label: 'SQL expression and parameters',
  help: 'The statement, and the values that it gets as @name. Values are always bound: they never become a part of its text.',
  required: true,
  connection: 'connection',
  port: 1,
})

/** The table that a node reads or writes. */
export const table = property.table({
  label: 'Table name',
  help: 'The table, with its schema where the database does not find it without: sales.orders.',
  placeholder: 'Choose or type a table',
  required: true,
  connection: 'connection',
  port: 1,
})

/** How long a statement may take. */
export const commandTimeout = property.number({
  label: 'Command timeout',
  help: 'How many seconds the statement may take, before the database is told to stop it. Empty: 120.',
  minimum: 1,
  maximum: 3600,
  integer: true,
  default: 120,
  unit: 'seconds',
})
