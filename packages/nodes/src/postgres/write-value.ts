import type { ColumnTypeChoice } from '@millrace/flow'
import { bytesOfBase64 } from '../bytes-of-base64.ts'
import type { PostgresType } from './read-value.ts'

/** The types that a parameter of a declared type is sent as; 0 lets the server find it. */
export const parameterOids: Readonly<Record<ColumnTypeChoice, number>> = {
  auto: 0,
  text: 25,
  integer: 20,
  number: 701,
  boolean: 16,
  date: 1082,
  timestamp: 1184,
  uuid: 2950,
  json: 3802,
  // An extension's type has another number in each database.
  vector: 0,
}

/**
 * A value as the server reads it, in text. A list goes into an array as one, and elsewhere as JSON,
 * in which form a vector reads its numbers too. Text is taken for JSON where JSON is wanted.
 */
export function writeValue(value: unknown, type: PostgresType): string | null {
  if (value === null || value === undefined) return null
  if (type.name === 'bytea' && typeof value === 'string') {
    return `\\x${Buffer.from(bytesOfBase64(value)).toString('hex')}`
  }
  if (typeof value === 'string') return value
  if (Array.isArray(value) && type.element !== undefined) {
    return writeArray(value, type.element, type.delimiter)
  }
  return JSON.stringify(value)
}

function writeArray(
  items: readonly unknown[],
  element: PostgresType,
  delimiter: PostgresType['delimiter'] = ',',
): string {
  const written = items.map((item) => {
    if (Array.isArray(item) && !isJson(element)) return writeArray(item, element, delimiter)
    const text = writeValue(item, element)
    return text === null ? 'NULL' : `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`
  })
  return `{${written.join(delimiter)}}`
}

function isJson({ name }: PostgresType): boolean {
  return name === 'json' || name === 'jsonb'
}
