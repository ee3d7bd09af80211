import { implement, type Implementation } from '@millrace/engine'
import { firstRow, recordsOf, runExpression } from '../run-expression.server.ts'
import type { SqlSystem } from '../sql-system.ts'
import { getRow } from './definition.ts'

/** Gives the first row as a record. */
export function runGetRow(system: SqlSystem): Implementation {
  return implement(getRow(system), async (node) => {
    const [row = null] = recordsOf(await runExpression(node, firstRow))
    return { outputs: { row } }
  })
}
