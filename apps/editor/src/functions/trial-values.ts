import { readBinding, type JsonValue, type Type } from '@millrace/flow'
import { lastValueOf, type LastValues } from '../properties/last-values.ts'
import { knownTextOf } from '../trials/known-text.ts'

/** What an input is tried with at first: its literal, or what its variables hold; else null. */
export function trialValueOf(value: JsonValue, values: LastValues): unknown {
  const binding = readBinding(value)
  switch (binding?.kind) {
    case 'literal':
      return binding.value
    case 'reference':
      return lastValueOf(binding.reference, values) ?? null
    case 'text':
      return knownTextOf(value, values)
    default:
      return null
  }
}

/** The value that a text stands for: JSON, or else the text itself. An empty one is null. */
export function readTrialText(text: string, type: Type): unknown {
  if (type === 'text') return text
  if (text.trim() === '') return null
  try {
    return JSON.parse(text) as unknown
  } catch {
    return text
  }
}
