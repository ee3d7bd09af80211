import type { JsonValue } from '@millrace/flow'
import { readChipText, writeChipText } from './chip-text.ts'

/**
 * The editable string of a value of any type. As in a spreadsheet, a number and `true` or `false` mean
 * what they say, and text that looks like one stands in double quotes.
 */
export function readLiteralText(value: JsonValue | undefined): string | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') return JSON.stringify(value)
  if (typeof value === 'string')
    return primitiveOf(value) === undefined ? value : JSON.stringify(value)
  return readChipText(value)
}

/** The value that such a string stands for. */
export function writeLiteralText(text: string): JsonValue | undefined {
  return primitiveOf(text) ?? writeChipText(text)
}

function primitiveOf(text: string): string | number | boolean | undefined {
  if (!/^(?:true|false|-?\d[\d.eE+-]*|".*")$/s.test(text)) return undefined
  try {
    const value: unknown = JSON.parse(text)
    const isPrimitive =
      typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    return isPrimitive ? value : undefined
  } catch {
    return undefined
  }
}
