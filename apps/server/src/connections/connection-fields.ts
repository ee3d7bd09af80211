import {
  isRecord,
  type ConnectionDefinition,
  type ConnectionField,
  type JsonObject,
  type JsonValue,
  type Problem,
} from '@millrace/flow'

/** What a designer sent for a connection, told apart by what may be stored as it is. */
export interface SplitFields {
  readonly plain: JsonObject
  /** New secrets, in clear. */
  readonly secrets: ReadonlyMap<string, JsonValue>
  /** Secrets that the designer took away: sent as null or empty text. */
  readonly cleared: ReadonlySet<string>
}

const maxFieldLength = 16 * 1024

/**
 * Tells the fields of a connection apart and checks them. A secret that is left out, or sent back as
 * the `{ "set": true }` that an answer shows, is in neither part.
 */
export function splitFields(
  definition: ConnectionDefinition,
  fields: Readonly<Record<string, unknown>>,
): SplitFields & { readonly problems: readonly Problem[] } {
  const problems: Problem[] = []
  const plain: Record<string, JsonValue> = {}
  const secrets = new Map<string, JsonValue>()
  const cleared = new Set<string>()
  for (const key of Object.keys(fields)) {
    if (Object.hasOwn(definition.fields, key)) continue
    problems.push({
      code: 'property_unknown',
      severity: 'error',
      message: `A connection of kind "${definition.kind}" has no field "${key}". Remove it.`,
      property: key,
    })
  }
  for (const [key, field] of Object.entries(definition.fields)) {
    const value = fields[key]
    const isEmpty = value === undefined || value === null || value === ''
    if (field.secret === true && isMask(value)) continue
    if (isEmpty) {
      if (field.secret === true && value !== undefined) cleared.add(key)
      continue
    }
    const refusal = whyNot(field, value)
    if (refusal !== undefined) {
      problems.push({
        code: 'property_invalid',
        severity: 'error',
        message: `"${field.label}" ${refusal}.`,
        property: key,
      })
    } else if (field.secret === true) {
      secrets.set(key, value as JsonValue) // came as JSON, and `whyNot` looked at it
    } else {
      plain[key] = value as JsonValue // as above
    }
  }
  return { plain, secrets, cleared, problems }
}

/** The required fields that neither the new nor the kept values give. */
export function missingFields(
  definition: ConnectionDefinition,
  given: ReadonlySet<string>,
): readonly Problem[] {
  return Object.entries(definition.fields).flatMap(([key, field]): Problem[] =>
    field.required !== true || field.default !== undefined || given.has(key)
      ? []
      : [
          {
            code: 'property_missing',
            severity: 'error',
            message: `"${field.label}" is required. Fill it in.`,
            property: key,
          },
        ],
  )
}

function isMask(value: unknown): boolean {
  return isRecord(value) && value['set'] === true && Object.keys(value).length === 1
}

function whyNot(field: ConnectionField, value: unknown): string | undefined {
  switch (field.kind) {
    case 'text':
      if (typeof value !== 'string') return 'must be text'
      return value.length > maxFieldLength
        ? `has more than ${maxFieldLength} characters`
        : undefined
    case 'number':
      return typeof value === 'number' && Number.isFinite(value) ? undefined : 'must be a number'
    case 'boolean':
      return typeof value === 'boolean' ? undefined : 'must be true or false'
    case 'choice': {
      const options = Object.keys(field.options ?? {})
      return typeof value === 'string' && options.includes(value)
        ? undefined
        : `must be one of ${options.join(', ')}`
    }
    case 'headers':
      return isRecord(value) && Object.values(value).every(isHeaderValue)
        ? undefined
        : 'must hold header names with text values'
  }
}

function isHeaderValue(value: unknown): boolean {
  return typeof value === 'string' && value.length <= maxFieldLength && !/[\r\n]/.test(value)
}
