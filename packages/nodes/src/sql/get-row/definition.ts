import { defineNode, property } from '@millrace/flow'
import { commandTimeout, connectionOf, sqlExpression } from '../sql-properties.ts'
import type { SqlSystem } from '../sql-system.ts'

/** Reads one row. */
export function getRow(system: SqlSystem) {
  return defineNode({
    type: `${system.id}.getRow`,
    version: 1,
    kind: 'action',
    title: 'Get row',
    system: system.title,
    category: 'data',
    icon: system.icon,
    description:
      'Runs a statement and gives its first row, as a record with the names of its columns; null when there is none.',
    tags: ['database', 'sql', 'query', 'select', 'record'],
    exec: { in: true, out: { next: { label: 'Next' } } },
    properties: {
      connection: connectionOf(system),
      sqlExpressionAndParameters: sqlExpression,
      resultVariable: property.variableName({
        label: 'Result variable name',
        help: 'The variable that holds the row; null when there is none.',
        required: true,
        default: 'row',
      }),
      commandTimeout,
    },
    outputs: { row: { nameFrom: 'resultVariable', type: { optional: { record: {} } } } },
  })
}
