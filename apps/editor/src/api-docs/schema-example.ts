import { isRecord } from '@millrace/flow'

/** Something small that a schema takes: what it asks for, and no more. */
export function schemaExample(schema: unknown): unknown {
  if (!isRecord(schema)) return {}
  const { enum: values, anyOf, oneOf, properties, required, type } = schema
  if ('const' in schema) return schema['const']
  if ('default' in schema) return schema['default']
  for (const choices of [values, anyOf, oneOf]) {
    if (!Array.isArray(choices)) continue
    return choices === values ? choices[0] : schemaExample(choices[0])
  }
  switch (type) {
    case 'string':
      return schema['format'] === 'date-time' ? '2026-01-31T12:00:00Z' : 'text'
    case 'integer':
    case 'number':
      return Number(schema['minimum'] ?? 1)
    case 'boolean':
      return true
    case 'array':
      return Number(schema['minItems'] ?? 0) > 0 ? [schemaExample(schema['items'])] : []
    case 'null':
      return null
    default: {
      const known = isRecord(properties) ? properties : {}
      const names = Array.isArray(required) ? required.map(String) : []
      return Object.fromEntries(names.map((name) => [name, schemaExample(known[name])]))
    }
  }
}
