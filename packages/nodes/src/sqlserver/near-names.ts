import type { FlowError } from '@millrace/flow'
import type { SqlSession } from '../sql/database.ts'
import { withSuggestions } from '../sql/did-you-mean.ts'
import { nearestNames } from '../sql/nearest-names.ts'
import { nearTables } from '../sql/table-missing.ts'
import { listTables } from './sqlserver-catalogue.ts'

/** An error about a name that is not there, with the nearest ones that are; others as they are. */
export async function nearNames(
  error: FlowError,
  statement: string,
  session: SqlSession,
): Promise<FlowError> {
  const name = error.details?.['missingName']
  if (typeof name !== 'string') return error
  const suggestions =
    error.details?.['reason'] === 'no_table'
      ? nearTables(name, await listTables(session, ''), 'dbo')
      : nearestNames(name, await columnsIn(statement, session))
  return withSuggestions(error, suggestions)
}

/** The columns of the tables whose names a statement has in it. */
async function columnsIn(statement: string, session: SqlSession): Promise<readonly string[]> {
  const { rows } = await session.run(
    `SELECT DISTINCT TOP (500) c.name
       FROM sys.columns AS c JOIN sys.objects AS o ON o.object_id = c.object_id
      WHERE o.type IN ('U', 'V') AND o.is_ms_shipped = 0 AND CHARINDEX(o.name, @statement) > 0
      ORDER BY c.name`,
    [{ name: 'statement', type: 'text', value: statement }],
  )
  return rows.map(([column]) => String(column))
}
