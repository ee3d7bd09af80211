import type { NodeDefinition } from '@millrace/flow'
import { executeCommand } from './execute-command/definition.ts'
import { getRow } from './get-row/definition.ts'
import { getRows } from './get-rows/definition.ts'
import { getSingleValue } from './get-single-value/definition.ts'
import { insertRows } from './insert-rows/definition.ts'
import type { SqlSystem } from './sql-system.ts'
import { upsertRow } from './upsert-row/definition.ts'

/** The nodes that every database system has, in the order of the palette. */
export function sqlNodes(system: SqlSystem): readonly NodeDefinition[] {
  return [getSingleValue, getRow, getRows, upsertRow, insertRows, executeCommand].map((define) =>
    define(system),
  )
}
