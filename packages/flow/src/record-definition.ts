import { isColumnType, type ColumnType } from './column-type.ts'
import { isRecord, type JsonValue } from './json.ts'
import { firstRepeated } from './name.ts'

/** What a field of a vector table is for. */
export const fieldRoles = ['key', 'vector', 'content', 'context', 'metadata'] as const

export type FieldRole = (typeof fieldRoles)[number]

/** One column of a table of vectors, and what it is for. */
export interface RecordField<Value = JsonValue> {
  /** The column's name. */
  readonly name: string
  readonly type: ColumnType
  /** Identifies a record. */
  readonly key?: boolean
  /** Holds the embedding; never returned. */
  readonly vector?: boolean
  /** Holds the text that was embedded. */
  readonly content?: boolean
  /** Says which document a record is of; only where records are saved. */
  readonly context?: boolean
  /** Returned with a hit; saved with each record. */
  readonly metadata?: boolean
  /** What is saved in it, a binding in a document: for `context` and `metadata`. */
  readonly value?: Value
}

/** Reads the literal form of a `recordDefinition` property; `undefined` when it has another shape. */
export function readRecordDefinition(value: JsonValue): readonly RecordField[] | undefined {
  return Array.isArray(value) && value.every(isRecordField) ? value : undefined
}

function isRecordField(row: unknown): row is RecordField {
  return (
    isRecord(row) &&
    typeof row['name'] === 'string' &&
    isColumnType(row['type']) &&
    fieldRoles.every((role) => row[role] === undefined || typeof row[role] === 'boolean')
  )
}

/**
 * Why a well-formed record definition cannot be used, as the end of a sentence about its property:
 * it needs one key, one vector and one text content, each a field of its own.
 */
export function whyNotRecordDefinition(fields: readonly RecordField[]): string | undefined {
  const unnamed = fields.find(({ name }) => name.trim() === '')
  if (unnamed !== undefined) return 'has a field without a name'
  const names = fields.map(({ name }) => name)
  const twice = firstRepeated(names)
  if (twice !== undefined) return `has two fields named "${twice}"`
  for (const role of ['key', 'vector', 'content'] as const) {
    const count = fields.filter((field) => field[role] === true).length
    if (count !== 1) return `needs one ${role} field, and has ${count === 0 ? 'none' : count}`
  }
  if (fields.filter(({ context }) => context === true).length > 1) return 'has two context fields'
  return fields.map(whyNotField).find((reason) => reason !== undefined)
}

function whyNotField(field: RecordField): string | undefined {
  const roles = fieldRoles.filter((role) => field[role] === true)
  if (roles.length > 1) return `gives "${field.name}" the roles ${roles.join(' and ')}; it has one`
  if (field.vector === true && field.type !== 'vector') {
    return `takes "${field.name}" for the vector, so its type must be vector`
  }
  if (field.vector !== true && field.type === 'vector') {
    return `has "${field.name}" of type vector; only the vector field is`
  }
  if (field.content === true && field.type !== 'text') {
    return `takes "${field.name}" for the content, so its type must be text`
  }
  return undefined
}
