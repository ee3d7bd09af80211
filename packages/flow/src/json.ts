/** A value that JSON can hold. */
export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue }

export interface JsonObject {
  readonly [key: string]: JsonValue
}

/** A plain object, which is neither null nor a list. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** What a record has under a key of its own; names of the designer may be those of a prototype. */
export function ownValue<Value>(
  record: Readonly<Record<string, Value>> | undefined,
  key: string,
): Value | undefined {
  return record !== undefined && Object.hasOwn(record, key) ? record[key] : undefined
}

/**
 * How deep a value nests, counting each list and object; stops counting one past `limit`, so a
 * hostile value costs no more than that. Deep JSON parses, but crashes `JSON.stringify`.
 */
export function exceedsDepth(value: unknown, limit: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (limit === 0) return true
  return Object.values(value).some((inner) => exceedsDepth(inner, limit - 1))
}

/** A copy of a value with another one at a place inside it; a place that is not there changes nothing. */
export function replaceAt(
  value: JsonValue,
  [key, ...rest]: readonly (string | number)[],
  replacement: JsonValue,
): JsonValue {
  if (key === undefined) return replacement
  if (Array.isArray(value)) {
    return value.map((item, index) => (index === key ? replaceAt(item, rest, replacement) : item))
  }
  if (!isRecord(value)) return value
  const inner = value[key] as JsonValue // a JSON record holds JSON
  return { ...(value as Record<string, JsonValue>), [key]: replaceAt(inner, rest, replacement) }
}
