import type { JsonValue } from '@millrace/flow'
import { textOfValue } from './value-text.ts'

/** Rows as CSV (RFC 4180). Records and lists in a cell are JSON, null is an empty cell. */
export function csvOf(columns: readonly string[], rows: readonly (readonly JsonValue[])[]): string {
  return [columns, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('')
}

function cell(value: JsonValue): string {
  const text = typeof value === 'string' ? harmless(value) : textOfValue(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** A spreadsheet would run a text that begins like a formula; a model may have written it. */
function harmless(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
}
