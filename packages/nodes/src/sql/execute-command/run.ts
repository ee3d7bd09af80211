import { implement, type Implementation } from '@millrace/engine'
import { runExpression } from '../run-expression.server.ts'
import type { SqlSystem } from '../sql-system.ts'
import { executeCommand } from './definition.ts'

/** Runs the statement for what it does. */
export function runExecuteCommand(system: SqlSystem): Implementation {
  return implement(executeCommand(system), async (node) => {
    const { affected } = await runExpression(node)
    return { outputs: { rowsAffected: affected } }
  })
}
