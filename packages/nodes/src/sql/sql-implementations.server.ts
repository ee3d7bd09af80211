import type { Implementation } from '@millrace/engine'
import { runExecuteCommand } from './execute-command/run.ts'
import { runGetRow } from './get-row/run.ts'
import { runGetRows } from './get-rows/run.ts'
import { runGetSingleValue } from './get-single-value/run.ts'
import { runInsertRows } from './insert-rows/run.ts'
import type { SqlSystem } from './sql-system.ts'
import { runUpsertRow } from './upsert-row/run.ts'

/** The run functions of the nodes that every database system has. */
export function sqlImplementations(system: SqlSystem): readonly Implementation[] {
  return [
    runGetSingleValue,
    runGetRow,
    runGetRows,
    runUpsertRow,
    runInsertRows,
    runExecuteCommand,
  ].map((implementation) => implementation(system))
}
