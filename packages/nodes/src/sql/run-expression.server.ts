import { FlowError, type SqlExpression } from '@millrace/flow'
import type { SessionOptions, SqlResult } from './database.ts'
import { blaming, withDatabase, type DatabaseNode } from './with-database.server.ts'

/** A node with a statement of its designer's own. */
export interface ExpressionNode extends DatabaseNode {
  readonly properties: DatabaseNode['properties'] & {
    readonly sqlExpressionAndParameters: SqlExpression<unknown>
  }
}

/** Only the first row is wanted: the rest is not read, and is no mistake. */
export const firstRow: SessionOptions['limits'] = {
  rows: 1,
  bytes: 8 * 1024 * 1024,
  whenReached: 'cut',
}

/** Runs the node's statement; what goes wrong is placed at it. */
export function runExpression(
  node: ExpressionNode,
  limits?: SessionOptions['limits'],
): Promise<SqlResult> {
  const { statement, parameters } = node.properties.sqlExpressionAndParameters
  return blaming(expressionKey, () =>
    withDatabase(node, limits === undefined ? {} : { limits }, ({ session }) =>
      session.run(statement, parameters),
    ),
  )
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
