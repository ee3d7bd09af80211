import { defineNode, property } from '@millrace/flow'
import { commandTimeout, connectionOf, table } from '../sql-properties.ts'
import type { SqlSystem } from '../sql-system.ts'

/** Writes many rows. */
export function insertRows(system: SqlSystem) {
  return defineNode({
    type: `${system.id}.insertRows`,
    version: 1,
    kind: 'action',
    title: 'Insert rows',
    system: system.title,
    category: 'data',
    icon: system.icon,
    description:
      'Inserts a list of records into a table, all of them or none; their fields name the columns.',
    tags: ['database', 'sql', 'bulk', 'import', 'save'],
    exec: { in: true, out: { next: { label: 'Next' } } },
    properties: {
      connection: connectionOf(system),
      tableName: table,
      source: property.value({
        label: 'Source',
        help: 'The records: a list, each with the names of the columns as its fields.',
        required: true,
        type: { list: { record: {} } },
        port: 2,
      }),
      resultVariable: property.variableName({
        label: 'Result variable name',
        help: 'The variable that holds how many rows were inserted. Empty: no variable.',
        default: 'rowsInserted',
      }),
      commandTimeout,
    },
    outputs: { rowsInserted: { nameFrom: 'resultVariable', type: 'number' } },
  })
}
