import type { FlowVariable } from '../flow.ts'
import type { JsonValue } from '../json.ts'
import type { PropertyDefinition } from '../property.ts'
import { emptyValue } from '../type.ts'
import type { Random } from './malformed-documents.ts'

/** The variables of the flow that literals with bindings speak of. */
export const variablesOfLiterals: readonly FlowVariable[] = [
  { name: 'flowText', type: 'text', value: 'a' },
  { name: 'flowNumber', type: 'number', value: 1 },
  { name: 'flowList', type: 'list', value: [1, 'two'] },
]

/** A literal that fits a property; `undefined` where none does, or the editor gives the name. */
export function fittingLiteral(
  property: PropertyDefinition,
  random: Random,
): JsonValue | undefined {
  const binding = () =>
    oneOf<JsonValue>(['a', { $ref: 'flowText' }, { $expr: '"b"' }], random) ?? ''
  const condition = (): JsonValue =>
    oneOf<JsonValue>(
      [
        { $expr: 'flowNumber > 0' },
        { match: 'any', rows: [{ left: binding(), operator: 'equals', right: binding() }] },
      ],
      random,
    ) ?? null
  switch (property.kind) {
    case 'text':
    case 'longText':
    case 'value': {
      const type = property.type ?? (property.kind === 'value' ? 'any' : 'text')
      return type === 'text' || type === 'any' ? binding() : (emptyValue(type) as JsonValue) // of a JSON type
    }
    case 'template':
    case 'model':
    case 'table':
    case 'code':
      return 'some'
    case 'number':
      return Math.max(property.minimum ?? 1, Math.min(property.maximum ?? 1, 1))
    case 'boolean':
      return random(2) === 0
    case 'choice':
      return oneOf(Object.keys(property.options), random)
    case 'connection':
    case 'flow':
      return 'some'
    case 'flowVariable':
      return variablesOfLiterals[0]?.name
    case 'conditions':
      return condition()
    case 'json':
      return { any: [1] }
    case 'sql':
      return {
        statement: 'SELECT @a',
        parameters: [{ name: 'a', type: 'text', value: binding() }],
      }
    case 'recordDefinition':
      return [
        { name: 'id', type: 'text', key: true },
        { name: 'embedding', type: 'vector', vector: true },
        { name: 'content', type: 'text', content: true },
      ]
    case 'columnMapping':
      return [{ column: 'id', type: 'auto', key: true, value: binding() }]
    case 'filter':
      return { match: 'all', rows: [{ field: 'id', operator: 'equals', value: binding() }] }
    case 'cases':
      return [
        { id: 'one', name: 'One', condition: condition() },
        { id: 'two', name: 'Two', condition: condition() },
      ]
    case 'fields':
      return [{ name: 'first', type: 'text' }]
    case 'schedule':
      return { cron: '0 9 * * 1-5', timeZone: 'Europe/Berlin' }
    case 'namedValues':
      return [{ name: 'first', value: binding() }]
    case 'variableName':
    case 'reference':
      return undefined
  }
}

/** Any of the items; `undefined` of none. */
export function oneOf<Item>(items: readonly Item[], random: Random): Item | undefined {
  return items[random(Math.max(1, items.length))]
}
