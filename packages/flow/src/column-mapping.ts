import { isColumnTypeChoice, type ColumnTypeChoice } from './column-type.ts'
import { isRecord, type JsonValue } from './json.ts'
import { firstRepeated } from './name.ts'

/** What goes into one column of a row; in a document `value` is a binding. */
export interface MappedColumn<Value = JsonValue> {
  readonly column: string
  readonly type: ColumnTypeChoice
  /** Whether the column says which row is meant. */
  readonly key?: boolean
  readonly value: Value
}

/** Reads the literal form of a `columnMapping` property; `undefined` when it has another shape. */
export function readColumnMapping(value: JsonValue): readonly MappedColumn[] | undefined {
  return Array.isArray(value) && value.every(isMappedColumn) ? value : undefined
}

function isMappedColumn(row: unknown): row is MappedColumn {
  return (
    isRecord(row) &&
    typeof row['column'] === 'string' &&
    isColumnTypeChoice(row['type']) &&
    (row['key'] === undefined || typeof row['key'] === 'boolean') &&
    'value' in row
  )
}

/** Why a well-formed mapping cannot be used, as the end of a sentence about its property. */
export function whyNotColumnMapping(columns: readonly MappedColumn[]): string | undefined {
  if (columns.some(({ column }) => column.trim() === '')) return 'has a row without a column'
  const names = columns.map(({ column }) => column)
  const twice = firstRepeated(names)
  if (twice !== undefined) return `maps the column "${twice}" twice`
  return columns.some(({ key }) => key === true)
    ? undefined
    : 'needs a key: the column that says which row is meant'
}
