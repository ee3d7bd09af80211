import { defineNode, property } from '@millrace/flow'
import { commandTimeout, connectionOf, sqlExpression } from '../sql-properties.ts'
import type { SqlSystem } from '../sql-system.ts'

/** Runs a statement for what it does. */
export function executeCommand(system: SqlSystem) {
  return defineNode({
    type: `${system.id}.executeCommand`,
    version: 1,
    kind: 'action',
    title: 'Execute command',
    system: system.title,
    category: 'data',
    icon: system.icon,
    description: 'Runs a statement that changes something, and gives how many rows it affected.',
    tags: ['database', 'sql', 'insert', 'update', 'delete'],
    exec: { in: true, out: { next: { label: 'Next' } } },
    properties: {
      connection: connectionOf(system),
      sqlExpressionAndParameters: sqlExpression,
      resultVariable: property.variableName({
        label: 'Result variable name',
        help: 'The variable that holds how many rows were affected. Empty: no variable.',
        default: 'rowsAffected',
      }),
      commandTimeout,
    },
    outputs: { rowsAffected: { nameFrom: 'resultVariable', type: 'number' } },
  })
}
