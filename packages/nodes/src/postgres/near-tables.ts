import { FlowError } from '@millrace/flow'
import type { SqlSession } from '../sql/database.ts'
import { withSuggestions } from '../sql/did-you-mean.ts'
import { nearTables } from '../sql/table-missing.ts'
import { postgresDialect } from './postgres-dialect.ts'

/**
 * The error of a statement, with the nearest tables if it is about one that is not there. Asks the
 * catalogue, so what failed must have been undone.
 */
export async function withNearTables(error: unknown, session: SqlSession): Promise<unknown> {
  if (!(error instanceof FlowError) || error.details?.['sqlState'] !== '42P01') return error
  const name = error.details['missingName']
  if (typeof name !== 'string') return error
  const tables = await postgresDialect.listTables(session, '')
  return withSuggestions(error, nearTables(name, tables, 'public'))
}
