import { fieldsOf, isOptional, itemOf, required, type Type } from '@millrace/flow'

/** The part of JSON Schema that the types of flows need. */
export interface TypeSchema {
  readonly type?: string | readonly string[]
  readonly items?: TypeSchema
  readonly properties?: Readonly<Record<string, TypeSchema>>
  /** The protocol's implementation wants a list that may change. */
  readonly required?: string[]
}

/** What JSON Schema says of a type: it lets through what `isOfType` does. */
export function schemaOfType(type: Type): TypeSchema {
  switch (type) {
    case 'any':
      return {}
    case 'text':
      return { type: 'string' }
    case 'number':
    case 'boolean':
      return { type }
    default:
      if (isOptional(type)) return withNull(schemaOfType(required(type)))
      return typeof type === 'object' && 'list' in type ? schemaOfList(type) : schemaOfRecord(type)
  }
}

function withNull(schema: TypeSchema): TypeSchema {
  return typeof schema.type === 'string' ? { ...schema, type: [schema.type, 'null'] } : schema
}

function schemaOfList(list: Type): TypeSchema {
  const item = itemOf(list)
  return { type: 'array', ...(item === 'any' ? {} : { items: schemaOfType(item) }) }
}

function schemaOfRecord(record: Type): TypeSchema & { readonly type: 'object' } {
  const fields = Object.entries(fieldsOf(record) ?? {})
  // A record that declares no fields may have any.
  if (fields.length === 0) return { type: 'object' }
  const needed = fields.filter(([, type]) => !isOptional(type)).map(([name]) => name)
  return {
    type: 'object',
    properties: Object.fromEntries(fields.map(([name, type]) => [name, schemaOfType(type)])),
    ...(needed.length === 0 ? {} : { required: needed }),
  }
}
