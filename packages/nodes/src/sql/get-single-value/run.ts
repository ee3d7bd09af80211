import { implement, type Implementation } from '@millrace/engine'
import { describeType, FlowError, isOfType, typeOfValue } from '@millrace/flow'
import { runForFirstRow } from '../run-expression.server.ts'
import type { SqlSystem } from '../sql-system.ts'
import { getSingleValue } from './definition.ts'

/** Gives the first column of the first row; a value of another kind than was promised fails the node. */
export function runGetSingleValue(system: SqlSystem): Implementation {
  return implement(getSingleValue(system), async (node) => {
    const { rows } = await runForFirstRow(node)
    const value = rows[0]?.[0] ?? null
    const { resultType } = node.properties
    if (value !== null && resultType !== 'any' && !isOfType(value, resultType)) {
      throw new FlowError(
        'database_failed',
        `The statement of "${node.title}" gives ${describeType(typeOfValue(value))}, and its Result type is ${describeType(resultType)}. Change the Result type, or convert the value in the statement.`,
        { property: 'resultType' },
      )
    }
    return { outputs: { value } }
  })
}
