import type { ColumnType, FieldRole, RecordDefinitionProperty, RecordField } from '@millrace/flow'

import type { Table, TableColumn } from '@millrace/nodes'

type Purpose = RecordDefinitionProperty['purpose']

/** The roles that fields can have, in the order of the grid. */
export function rolesFor(purpose: Purpose): readonly FieldRole[] {
  return purpose === 'save'
    ? ['key', 'vector', 'content', 'context', 'metadata']
    : ['key', 'vector', 'content', 'metadata']
}

export const roleTitles = {
  key: 'Key',
  vector: 'Vector',
  content: 'Content',
  context: 'Context',
  metadata: 'Metadata',
} as const satisfies Record<FieldRole, string>

/** The role of a field; a field has one at most. */
export function roleOf(field: RecordField): FieldRole | undefined {
  return (Object.keys(roleTitles) as FieldRole[]).find((role) => field[role] === true) // its own keys
}

/** Why a field cannot have a role, as a sentence; `undefined` when it can. */
export function whyNotRole({ type }: RecordField, role: FieldRole): string | undefined {
  if (role === 'vector') {
    return type === 'vector' ? undefined : 'Only a field of the type Vector holds the embedding.'
  }
  if (type === 'vector') return 'A field of the type Vector is the vector, and nothing else.'
  return role === 'content' && type !== 'text'
    ? 'The content is a text: the type must be Text.'
    : undefined
}

/** The fields after one was given a role, or none; others give way where only one can have it. */
export function withRole(
  fields: readonly RecordField[],
  index: number,
  role: FieldRole | undefined,
): readonly RecordField[] {
  return fields.map((field, at) => {
    if (at === index) return role === undefined ? plain(field) : plain(field, role)
    return role !== undefined && role !== 'metadata' && field[role] === true ? plain(field) : field
  })
}

/** A field of another type, without a role that the type does not allow. */
export function withType(field: RecordField, type: ColumnType): RecordField {
  const role = roleOf(field)
  const changed = { ...field, type }
  if (type === 'vector') return plain(changed, 'vector')
  return role === undefined || whyNotRole(changed, role) === undefined ? changed : plain(changed)
}

/** A field as it goes into the document: only the role that it has, and a value where one counts. */
export function plain({ name, type, value }: RecordField, role?: FieldRole): RecordField {
  const takesValue = role === 'context' || role === 'metadata'
  return {
    name,
    type,
    ...(role === undefined ? {} : { [role]: true }),
    ...(takesValue && value !== undefined && value !== null ? { value } : {}),
  }
}

/** A record definition made of a table, and what was guessed, in words. */
export interface GuessedFields {
  readonly fields: readonly RecordField[]
  readonly told: string
}

/** Guesses what the columns of a table are for. */
export function guessFields({ columns }: Table, purpose: Purpose): GuessedFields {
  const isVector = ({ type }: TableColumn) => type === 'vector'
  const vector = columns.find(isVector)
  const key = columns.find((column) => column.key && !isVector(column)) ?? named(columns, keyNames)
  const texts = columns.filter((column) => column !== key && typeOf(column) === 'text')
  const content = named(texts, contentNames) ?? texts.find(isLongText) ?? texts[0]
  const others = texts.filter((column) => column !== content)
  const context = purpose === 'save' ? named(others, contextNames) : undefined
  // A second vector has no place in a definition.
  const kept = columns.filter((column) => column === vector || !isVector(column))
  const fields = kept.map((column): RecordField => {
    const field = { name: column.name, type: typeOf(column) }
    if (column === key) return plain(field, 'key')
    if (column === vector) return plain(field, 'vector')
    if (column === content) return plain(field, 'content')
    if (column === context) return plain(field, 'context')
    return plain(field, column.isGenerated === true && purpose === 'save' ? undefined : 'metadata')
  })
  const guesses = [
    told('key', key),
    told('vector', vector),
    told('content', content),
    ...(context === undefined ? [] : [told('context', context)]),
  ]
  return { fields, told: `Guessed: ${guesses.join(', ')}; the rest is metadata. Have a look.` }
}

function told(role: FieldRole, column: TableColumn | undefined): string {
  return column === undefined ? `nothing is the ${role}` : `${column.name} is the ${role}`
}

const keyNames = ['id', 'key', 'uuid']
const contentNames = ['content', 'text', 'chunk', 'body', 'passage']
const contextNames = ['context', 'source', 'document', 'document_id', 'file', 'url']

function named(columns: readonly TableColumn[], names: readonly string[]): TableColumn | undefined {
  return names
    .map((name) => columns.find((column) => column.name.toLowerCase() === name))
    .find((column) => column !== undefined)
}

/** Whether a column holds texts of any length, in either system's words. */
function isLongText({ databaseType }: TableColumn): boolean {
  return /^(?:text|ntext|n?varchar\(max\))$/i.test(databaseType)
}

function typeOf({ type }: TableColumn): ColumnType {
  return type === 'auto' ? 'text' : type
}

/** What is in a record definition, in one line. */
export function summaryOfFields(fields: readonly RecordField[]): string {
  const count = fields.length === 1 ? '1 field' : `${fields.length} fields`
  const roles = (['key', 'vector', 'content'] as const).flatMap((role) => {
    const field = fields.find((one) => one[role] === true)
    return field === undefined ? [] : [`${role} ${field.name}`]
  })
  return [count, ...roles].join(' · ')
}
