import { FlowError, type SqlExpression } from '@millrace/flow'
import type { SessionOptions, SqlResult } from './database.ts'
import { nodeLimitsOf } from './node-limits.server.ts'
import { tooLarge, type ResultLimits } from './statement-limits.ts'
import { blaming, withDatabase, type DatabaseNode } from './with-database.server.ts'

/** A node with a statement of its designer's own. */
export interface ExpressionNode extends DatabaseNode {
  readonly properties: DatabaseNode['properties'] & {
    readonly sqlExpressionAndParameters: SqlExpression<unknown>
  }
}

/** Runs the node's statement; what goes wrong is placed at it. */
export function runExpression(
  node: ExpressionNode,
  options: Pick<SessionOptions, 'limits'> = {},
): Promise<SqlResult> {
  const { statement, parameters } = node.properties.sqlExpressionAndParameters
  return blaming(expressionKey, () =>
    withDatabase(node, options, ({ session }) => session.run(statement, parameters)),
  )
}

/** The same, for its first row alone: the rest is not read, and is no mistake. */
export async function runForFirstRow(node: ExpressionNode): Promise<SqlResult> {
  const limits: ResultLimits = { ...nodeLimitsOf(node.services), rows: 1, whenReached: 'cut' }
  const result = await runExpression(node, { limits })
  // One that is too large was left out, which is another thing than no row.
  if (!result.isCut || result.rows.length > 0) return result
  throw tooLarge(limits, 'bytes').in(expressionKey)
}

const expressionKey = 'sqlExpressionAndParameters'

/** The rows of a result as records, which have no room for two columns of one name. */
export function recordsOf({
  columns,
  rows,
}: SqlResult): readonly Readonly<Record<string, unknown>>[] {
  const names = columns.map(({ name }) => name)
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) {
    throw new FlowError(
      'database_failed',
      `The result has two columns named "${twice}". Give one of them another name, by AS.`,
      { property: expressionKey },
    )
  }
  return rows.map((row) => Object.fromEntries(names.map((name, index) => [name, row[index]])))
}
