import { isColumnTypeChoice, type ColumnTypeChoice } from './column-type.ts'
import { isRecord, type JsonValue } from './json.ts'
import { firstRepeated, isIdentifier } from './name.ts'

/** A value that a statement gets as `@name`; in a document `value` is a binding. */
export interface SqlParameter<Value = JsonValue> {
  /** Without its `@`. */
  readonly name: string
  readonly type: ColumnTypeChoice
  readonly value: Value
}

/** A statement with its parameters; their values are bound, never put into the text. */
export interface SqlExpression<Value = JsonValue> {
  readonly statement: string
  readonly parameters: readonly SqlParameter<Value>[]
}

/** Reads the literal form of a `sql` property; `undefined` when it has another shape. */
export function readSqlExpression(value: JsonValue): SqlExpression | undefined {
  if (!isRecord(value) || typeof value['statement'] !== 'string') return undefined
  const { statement, parameters = [] } = value
  if (!Array.isArray(parameters) || !parameters.every(isSqlParameter)) return undefined
  return { statement, parameters }
}

function isSqlParameter(row: unknown): row is SqlParameter {
  return (
    isRecord(row) &&
    typeof row['name'] === 'string' &&
    isIdentifier(row['name']) &&
    isColumnTypeChoice(row['type']) &&
    'value' in row
  )
}

/** Why a well-formed expression cannot be used, as the end of a sentence about its property. */
export function whyNotSqlExpression({ statement, parameters }: SqlExpression): string | undefined {
  if (statement.trim() === '') return 'has no statement'
  const names = parameters.map(({ name }) => name.toLowerCase())
  const twice = firstRepeated(names)
  return twice === undefined ? undefined : `has two parameters named "@${twice}"`
}
