import { implement, type Implementation } from '@millrace/engine'
import { recordsOf, runExpression } from '../run-expression.server.ts'
import type { SqlSystem } from '../sql-system.ts'
import { getRows } from './definition.ts'

/** Gives all rows as records, or none when they are too many. */
export function runGetRows(system: SqlSystem): Implementation {
  return implement(getRows(system), async (node) => {
    const rows = recordsOf(await runExpression(node))
    return { outputs: { rows } }
  })
}
