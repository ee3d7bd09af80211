import type { JsonValue } from '@millrace/flow'
import { textOfValue } from './value-text.ts'

/** So many rows are looked at, of a table with any number of them. */
const sample = 100
/** In pixels. */
const least = 84
const most = 320

/**
 * How wide the columns of a table are, in pixels, by what the first rows hold: rows that come into view
 * later must not move them.
 */
export function columnWidths(
  columns: readonly { readonly name: string; readonly type?: string }[],
  rows: readonly (readonly JsonValue[])[],
): readonly number[] {
  const looked = rows.slice(0, sample)
  return columns.map(({ name, type = '' }, column) => {
    const longest = looked.reduce(
      (length, row) => Math.max(length, textLength(row[column])),
      name.length + type.length + 4,
    )
    return Math.min(most, Math.max(least, 20 + longest * 7))
  })
}

function textLength(value: JsonValue | undefined): number {
  // A long text need not be written out to be known as long.
  if (typeof value === 'string') return Math.min(value.length, most)
  return typeof value === 'object' && value !== null ? most / 8 : textOfValue(value).length
}
