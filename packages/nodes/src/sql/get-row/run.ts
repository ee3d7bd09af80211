import { implement, type Implementation } from '@millrace/engine'
import { recordsOf, runForFirstRow } from '../run-expression.server.ts'
import type { SqlSystem } from '../sql-system.ts'
import { getRow } from './definition.ts'

/** Gives the first row as a record. */
export function runGetRow(system: SqlSystem): Implementation {
  return implement(getRow(system), async (node) => {
    const [row = null] = recordsOf(await runForFirstRow(node))
    return { outputs: { row } }
  })
}
