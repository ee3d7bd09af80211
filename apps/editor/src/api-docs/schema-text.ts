import { isRecord } from '@millrace/flow'
import type { Schema } from './api-description.ts'

/** A schema as TypeScript writes its type, which is shorter to read. */
export function schemaText(schema: unknown, indent = ''): string {
  if (!isRecord(schema)) return 'unknown'
  const { $ref, enum: values, anyOf, oneOf, allOf, type } = schema
  if (typeof $ref === 'string') return $ref.split('/').at(-1) ?? 'unknown'
  if ('const' in schema) return JSON.stringify(schema['const'])
  if (Array.isArray(values)) return values.map((value) => JSON.stringify(value)).join(' | ')
  const either = anyOf ?? oneOf
  if (Array.isArray(either)) return joined(either, ' | ', indent)
  if (Array.isArray(allOf)) return joined(allOf, ' & ', indent)
  if (Array.isArray(type))
    return type.map((one) => schemaText({ ...schema, type: one }, indent)).join(' | ')
  switch (type) {
    case 'object':
      return objectText(schema, indent)
    case 'array': {
      const item = schemaText(schema['items'], indent)
      return /^(?:\w+|\{[^]*\})$/.test(item) ? `${item}[]` : `(${item})[]`
    }
    case 'integer':
      return 'number'
    case 'string':
    case 'number':
    case 'boolean':
    case 'null':
      return type
    default:
      return 'unknown'
  }
}

function joined(schemas: readonly unknown[], by: string, indent: string): string {
  return [...new Set(schemas.map((schema) => schemaText(schema, indent)))].join(by)
}

function objectText(schema: Schema, indent: string): string {
  const { properties, required, additionalProperties } = schema
  const inner = `${indent}  `
  const needed = Array.isArray(required) ? required : []
  const lines = Object.entries(isRecord(properties) ? properties : {}).map(([name, property]) => {
    const mark = needed.includes(name) ? '' : '?'
    const key = /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name)
    const about = isRecord(property) ? property['description'] : undefined
    const comment = typeof about === 'string' ? `${inner}/** ${about} */\n` : ''
    return `${comment}${inner}${key}${mark}: ${schemaText(property, inner)}\n`
  })
  const others = isRecord(additionalProperties) && Object.keys(additionalProperties).length > 0
  if (lines.length === 0 && !others) return 'object'
  const rest = others ? `${inner}[name: string]: ${schemaText(additionalProperties, inner)}\n` : ''
  return `{\n${lines.join('')}${rest}${indent}}`
}
