import { FlowError } from '@millrace/flow'
import type { SqlSession } from '../sql/database.ts'
import { nearestNames } from '../sql/nearest-names.ts'
import { tableMissing } from '../sql/table-missing.ts'
import { sqlServerDialect } from './sqlserver-dialect.ts'

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
      ? await nearTables(name, session)
      : nearestNames(name, await columnsIn(statement, session))
  const [first, ...others] = suggestions
  if (first === undefined) return error
  const question = `Did you mean ${first}${others.length === 0 ? '' : `, or ${others.join(', ')}`}?`
  const { code, message, ...rest } = error.toShape()
  return new FlowError(code, `${message} ${question}`, {
    ...rest,
    details: { ...error.details, suggestions },
    cause: error.cause,
  })
}

async function nearTables(name: string, session: SqlSession): Promise<readonly string[]> {
  const tables = await sqlServerDialect.listTables(session, '')
  const suggestions = tableMissing(name, tables, 'dbo').details?.['suggestions']
  return Array.isArray(suggestions) ? suggestions.map(String) : []
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
