import { firstRepeated, isIdentifier } from './name.ts'
import { isRecord, type JsonValue } from './json.ts'

/** One value under a name: an input of a function, a header, a query parameter. */
export interface NamedValue<Value = JsonValue> {
  readonly name: string
  /** A binding in a document. */
  readonly value: Value
}

/** Reads the literal form of a `namedValues` property; `undefined` when it has another shape. */
export function readNamedValues(value: JsonValue): readonly NamedValue[] | undefined {
  return Array.isArray(value) && value.every(isNamedValue) ? value : undefined
}

function isNamedValue(item: unknown): item is NamedValue {
  return isRecord(item) && typeof item['name'] === 'string' && item['value'] !== undefined
}

/** Why well-formed named values cannot be used, as the end of a sentence about their property. */
export function whyNotNamedValues(
  values: readonly NamedValue[],
  names: 'identifier' | 'text',
): string | undefined {
  if (values.some(({ name }) => name.trim() === '')) return 'has a value without a name'
  if (names === 'text') return undefined
  const wrong = values.find(({ name }) => !isIdentifier(name))
  if (wrong !== undefined) {
    return `has a value named "${wrong.name}"; a name is a letter first, then letters, digits and _ only`
  }
  const all = values.map(({ name }) => name)
  const twice = firstRepeated(all)
  return twice === undefined ? undefined : `has two values named "${twice}"`
}
