import { defineNode, property } from '@millrace/flow'
import { commandTimeout, connectionOf, sqlExpression } from '../sql-properties.ts'
import type { SqlSystem } from '../sql-system.ts'

/** Reads rows. */
export function getRows(system: SqlSystem) {
  return defineNode({
    type: `${system.id}.getRows`,
    version: 1,
    kind: 'action',
    title: 'Get rows',
    system: system.title,
    category: 'data',
    icon: system.icon,
    description:
      'Runs a statement and gives all of its rows, as a list of records with the names of its columns.',
    tags: ['database', 'sql', 'query', 'select', 'list'],
    exec: { in: true, out: { next: { label: 'Next' } } },
    properties: {
      connection: connectionOf(system),
      sqlExpressionAndParameters: sqlExpression,
      resultVariable: property.variableName({
        label: 'Result variable name',
        help: 'The variable that holds the rows.',
        required: true,
        default: 'rows',
      }),
      commandTimeout,
    },
    outputs: { rows: { nameFrom: 'resultVariable', type: { list: { record: {} } } } },
  })
}
