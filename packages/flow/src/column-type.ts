import type { Type } from './type.ts'

/** The types that a value may have in a database, in our words, with their labels. */
export const columnTypes = {
  text: 'Text',
  integer: 'Whole number',
  number: 'Number',
  boolean: 'Yes or no',
  date: 'Date',
  timestamp: 'Date and time',
  uuid: 'UUID',
  json: 'JSON',
  vector: 'Vector',
} as const

export type ColumnType = keyof typeof columnTypes

/** A column's type, or `auto`: the one that the database finds itself. */
export type ColumnTypeChoice = ColumnType | 'auto'

/** Whether text from outside is the name of a column type. */
export function isColumnType(value: unknown): value is ColumnType {
  return typeof value === 'string' && Object.hasOwn(columnTypes, value)
}

/** Likewise, or `auto`. */
export function isColumnTypeChoice(value: unknown): value is ColumnTypeChoice {
  return value === 'auto' || isColumnType(value)
}

const typeOfColumn: Readonly<Record<ColumnTypeChoice, Type>> = {
  auto: 'any',
  text: 'text',
  integer: 'number',
  number: 'number',
  boolean: 'boolean',
  // As ISO 8601 has them.
  date: 'text',
  timestamp: 'text',
  uuid: 'text',
  json: 'any',
  vector: { list: 'number' },
}

/** What may be bound where a value goes into a column of the type; null always may. */
export function typeOfColumnType(type: ColumnTypeChoice): Type {
  return typeOfColumn[type]
}
