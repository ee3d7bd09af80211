import type { ColumnTypeChoice, JsonValue } from '@millrace/flow'
import { writeLiteralText } from '../properties/literal-text.ts'

/** The value that the text of a parameter stands for; an empty one is null. */
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
