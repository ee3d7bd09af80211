import { defineNode, property } from '@millrace/flow'
import { commandTimeout, connectionOf, table } from '../sql-properties.ts'
import type { SqlSystem } from '../sql-system.ts'

/** Writes one row, new or not. */
export function upsertRow(system: SqlSystem) {
  return defineNode({
    type: `${system.id}.upsertRow`,
    version: 1,
    kind: 'action',
    title: 'Insert or update row',
    system: system.title,
    category: 'data',
    icon: system.icon,
    description:
      'Writes one row: updates the one with the same key, or inserts it. For saving a chat history, feedback, a setting.',
    tags: ['database', 'sql', 'upsert', 'merge', 'save', 'history'],
    exec: { in: true, out: { next: { label: 'Next' } } },
    properties: {
      connection: connectionOf(system),
      tableName: table,
      columnValueMapping: property.columnMapping({
        label: 'Column value mapping',
        help: 'What goes into which column. The keys say which row is meant.',
        required: true,
        connection: 'connection',
        table: 'tableName',
      }),
      resultVariable: property.variableName({
        label: 'Result variable name',
        help: 'The variable that holds what was done: INSERT or UPDATE. Empty: no variable.',
      }),
      commandTimeout,
    },
    outputs: { operation: { nameFrom: 'resultVariable', type: 'text' } },
  })
}
