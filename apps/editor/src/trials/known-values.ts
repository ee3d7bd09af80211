import { outputsOf, readBinding, type Flow, type JsonValue } from '@millrace/flow'
import { declaredInputOf, triggerOf } from '../document/trigger-of.ts'
import { textOfValue } from '../inspect/value-text.ts'
import { lastValueOf, type LastValues } from '../properties/last-values.ts'
import { registry } from '../registry.ts'

/** What variables would hold in a run with the flow's test data, where that is known before one. */
export function valuesOfTestData(flow: Flow): LastValues {
  const trigger = triggerOf(flow)
  const definition = registry.nodes.get(trigger?.type ?? '')
  const data = declaredInputOf(flow)?.defaultData
  if (trigger === undefined || definition === undefined || data === undefined) return new Map()
  return new Map(outputsOf(definition, trigger).map(({ name }) => [name, data]))
}

/** What a binding is tried with at first, as text: its literal, or what its variables hold. */
export function knownTextOf(value: JsonValue, values: LastValues): string {
  const binding = readBinding(value)
  switch (binding?.kind) {
    case 'literal':
      return textOfValue(binding.value)
    case 'reference':
      return textOfValue(lastValueOf(binding.reference, values))
    case 'text':
      return binding.parts
        .map((part) =>
          typeof part === 'string' ? part : textOfValue(lastValueOf(part.$ref, values)),
        )
        .join('')
    default:
      return ''
  }
}
