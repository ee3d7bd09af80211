import { readBinding, type ColumnTypeChoice, type JsonValue } from '@millrace/flow'
import { textOfValue } from '../inspect/value-text.ts'
import { lastValueOf, type LastValues } from '../properties/last-values.ts'
import { writeLiteralText } from '../properties/literal-text.ts'

/** What a parameter is tried with at first, as text: its literal, or what its variables hold. */
export function testTextOf(value: JsonValue, values: LastValues): string {
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

/** The value that such a text stands for; an empty one is null. */
export function readTestValue(text: string, type: ColumnTypeChoice): JsonValue {
  if (text === '') return null
  switch (type) {
    case 'integer':
    case 'number':
    case 'boolean':
    case 'auto':
      return writeLiteralText(text) ?? null
    case 'json':
    case 'vector':
      return readJson(text)
    case 'text':
    case 'date':
    case 'timestamp':
    case 'uuid':
      return text
  }
}

function readJson(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue // what JSON.parse answers is JSON
  } catch {
    return text
  }
}
