import type { JsonValue } from '@millrace/flow'
import { textOfValue } from './value-text.ts'

export type Row = readonly JsonValue[]

/** How the rows of a table are looked at. Columns are known by their index. */
export interface Arrangement {
  readonly sort: { readonly column: number; readonly isDescending: boolean } | undefined
  readonly filters: ReadonlyMap<number, string>
}

/** A row and which one it is of all, from 0. */
export interface ArrangedRow {
  readonly row: Row
  readonly index: number
}

/** The rows that pass each filter, in order. Rows that are alike stay as they came. */
export function arrangeRows(
  rows: readonly Row[],
  { sort, filters }: Arrangement,
): readonly ArrangedRow[] {
  const wanted = [...filters].map(([column, text]) => [column, text.trim().toLowerCase()] as const)
  const passing = rows
    .map((row, index) => ({ row, index }))
    .filter(({ row }) => wanted.every(([column, text]) => filterText(row[column]).includes(text)))
  if (sort === undefined) return passing
  const sign = sort.isDescending ? -1 : 1
  return passing.toSorted((left, right) => {
    const [before, after] = [left.row[sort.column] ?? null, right.row[sort.column] ?? null]
    // What has no value comes last, whichever way.
    if (before === null || after === null) return Number(before === null) - Number(after === null)
    return sign * compare(before, after)
  })
}

/** What a press on the head of a column makes of the order: up, down, as it came. */
export function nextSort(sort: Arrangement['sort'], column: number): Arrangement['sort'] {
  if (sort?.column !== column) return { column, isDescending: false }
  return sort.isDescending ? undefined : { column, isDescending: true }
}

/** Null is found by its name, as it is shown. */
function filterText(value: JsonValue | undefined): string {
  return value === null || value === undefined ? 'null' : textOfValue(value).toLowerCase()
}

const texts = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

function compare(left: JsonValue, right: JsonValue): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right
  return texts.compare(textOfValue(left), textOfValue(right))
}
