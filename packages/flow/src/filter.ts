import { isRecord, type JsonValue } from './json.ts'

/** The comparisons of a filter row, with their labels. `in` takes a list. */
export const filterOperators = {
  equals: '=',
  notEquals: '!=',
  less: '<',
  lessOrEqual: '<=',
  greater: '>',
  greaterOrEqual: '>=',
  in: 'IN',
} as const

export type FilterOperator = keyof typeof filterOperators

/** One comparison of a column with a value; in a document both are bindings. */
export interface FilterRow<Field = JsonValue, Value = JsonValue> {
  /** The column's name. */
  readonly field: Field
  readonly operator: FilterOperator
  readonly value: Value
}

/** Which rows of a table count. */
export interface Filter<Field = JsonValue, Value = JsonValue> {
  readonly match: 'all' | 'any'
  readonly rows: readonly FilterRow<Field, Value>[]
}

/** Reads the literal form of a `filter` property; `undefined` when it has another shape. */
export function readFilter(value: JsonValue): Filter | undefined {
  if (!isRecord(value)) return undefined
  const { match, rows } = value
  if ((match !== 'all' && match !== 'any') || !Array.isArray(rows)) return undefined
  return rows.every(isFilterRow) ? { match, rows } : undefined
}

function isFilterRow(row: unknown): row is FilterRow {
  if (!isRecord(row) || !('field' in row) || !('value' in row)) return false
  return typeof row['operator'] === 'string' && Object.hasOwn(filterOperators, row['operator'])
}

/** Why a well-formed filter cannot be used, as the end of a sentence about its property. */
export function whyNotFilter({ rows }: Filter): string | undefined {
  return rows.some(({ field }) => field === '') ? 'has a row without a field' : undefined
}
