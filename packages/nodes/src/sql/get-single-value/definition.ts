import { defineNode, property } from '@millrace/flow'
import { commandTimeout, connectionOf, sqlExpression } from '../sql-properties.ts'
import type { SqlSystem } from '../sql-system.ts'

/** Reads one value: the first column of the first row. */
export function getSingleValue(system: SqlSystem) {
  return defineNode({
    type: `${system.id}.getSingleValue`,
    version: 1,
    kind: 'action',
    title: 'Get single value',
    system: system.title,
    category: 'data',
    icon: system.icon,
    description:
      'Runs a statement and gives the first column of its first row; null when there is no row. For reading a stored chat history, a setting, a count.',
    tags: ['database', 'sql', 'query', 'select', 'scalar', 'history'],
    exec: { in: true, out: { next: { label: 'Next' } } },
    properties: {
      connection: connectionOf(system),
      sqlExpressionAndParameters: sqlExpression,
      resultVariable: property.variableName({
        label: 'Result variable name',
        help: 'The variable that holds the value; null when there is no row.',
        required: true,
        default: 'value',
      }),
      resultType: property.choice({
        label: 'Result type',
        help: 'What the value is. A value that is something else fails the node.',
        required: true,
        default: 'text',
        options: { text: 'Text', number: 'Number', boolean: 'Yes or no', any: 'Anything' },
      }),
      commandTimeout,
    },
    outputs: {
      value: { nameFrom: 'resultVariable', type: { fromProperty: 'resultType', isOptional: true } },
    },
  })
}
