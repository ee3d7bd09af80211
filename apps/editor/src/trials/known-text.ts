import { readBinding, type JsonValue } from '@millrace/flow'
import { textOfValue } from '../inspect/value-text.ts'
import { lastValueOf, type LastValues } from '../properties/last-values.ts'

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
        .map((part) => (typeof part === 'string' ? part : knownTextOf({ ...part }, values)))
        .join('')
    default:
      return ''
  }
}
