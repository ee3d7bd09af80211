import { columnTypes, FlowError, type RecordField } from '@millrace/flow'
import type { Table, TableColumn } from '../../sql/database.ts'
import { columnNamed } from '../../sql/table-column.ts'

/** A column of a table of vectors, with what the record definition says of it. */
export interface FieldColumn {
  readonly field: RecordField<unknown>
  readonly column: TableColumn
}

/** A table of vectors as a record definition describes it, each field with its column. */
export interface VectorTable {
  readonly table: Table
  readonly key: FieldColumn
  readonly vector: FieldColumn
  readonly content: FieldColumn
  readonly context: FieldColumn | undefined
  /** All others, in their order. */
  readonly others: readonly FieldColumn[]
}

/**
 * Finds the columns of a record definition, which the check let through. Throws `database_failed` for
 * a column that is not there, with the nearest, and for one of the wrong kind.
 */
export function readVectorTable(
  table: Table,
  definition: readonly RecordField<unknown>[],
): VectorTable {
  const fields = definition.map((field) => ({ field, column: columnNamed(table, field.name) }))
  const [key] = fields.filter(({ field }) => field.key === true)
  const [vector] = fields.filter(({ field }) => field.vector === true)
  const [content] = fields.filter(({ field }) => field.content === true)
  const [context] = fields.filter(({ field }) => field.context === true)
  if (key === undefined || vector === undefined || content === undefined) {
    throw new Error('A record definition without key, vector or content passed the check.')
  }
  for (const found of fields) expectKind(found, table)
  const roles = [key, vector, content, context]
  const others = fields.filter((found) => !roles.includes(found))
  return { table, key, vector, content, context, others }
}

function expectKind({ field, column }: FieldColumn, table: Table): void {
  if (field.vector === true && column.type !== 'vector') {
    throw wrongKind(
      column,
      table,
      'which holds no vectors. Choose the one with the embeddings, or make it one of type vector, which the extension pgvector brings',
    )
  }
  if (field.vector !== true && column.type === 'vector') {
    throw wrongKind(
      column,
      table,
      `which holds vectors and is defined as ${columnTypes[field.type]}. Define it as the vector, or leave it out`,
    )
  }
  if (field.content === true && column.type !== 'text') {
    throw wrongKind(
      column,
      table,
      'which holds no text. Choose the one with the text that was embedded',
    )
  }
}

function wrongKind({ name, databaseType }: TableColumn, table: Table, what: string): FlowError {
  return new FlowError(
    'database_failed',
    `The column "${name}" of "${table.name}" is of type ${databaseType}, ${what}.`,
    { details: { reason: 'wrong_column_type', columnName: name } },
  )
}

/** Throws `database_failed`, naming both numbers, for vectors that the table's column cannot hold. */
export function expectDimensions({ table, vector }: VectorTable, length: number): void {
  const { name, dimensions } = vector.column
  if (dimensions === undefined || dimensions === length) return
  throw new FlowError(
    'database_failed',
    `The vectors in "${name}" of "${table.name}" have ${dimensions} dimensions, and those of the Text embedder have ${length}. Embed with the model that the table is for, or take another table.`,
    {
      property: 'recordDefinition',
      details: { reason: 'wrong_dimensions', columnName: name, dimensions, given: length },
    },
  )
}
