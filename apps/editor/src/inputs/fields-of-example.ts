import {
  isIdentifier,
  isRecord,
  type DeclaredField,
  type DeclaredType,
  type JsonValue,
} from '@millrace/flow'

/**
 * The fields that a JSON object shows, or why there are none. What is null may be left out; what is
 * declared already keeps its description, and its type where the example does not show one.
 */
export function fieldsOfExample(
  example: JsonValue | undefined,
  known: readonly DeclaredField[],
): { readonly fields: readonly DeclaredField[] } | { readonly problem: string } {
  if (!isRecord(example)) return { problem: 'The example must be a JSON object: { … }.' }
  const wrong = Object.keys(example).find((name) => !isIdentifier(name))
  if (wrong !== undefined) {
    return {
      problem: `“${wrong}” cannot be a field: a name is a letter first, then letters, digits and _ only.`,
    }
  }
  return {
    fields: Object.entries(example).map(([name, value]): DeclaredField => {
      const before = known.find((field) => field.name === name)
      const description = before?.description
      return {
        name,
        type: typeShown(value) ?? before?.type ?? 'any',
        ...(value === null ? { optional: true } : {}),
        ...(description === undefined ? {} : { description }),
      }
    }),
  }
}

function typeShown(value: unknown): DeclaredType | undefined {
  if (typeof value === 'string') return 'text'
  if (typeof value === 'number') return 'number'
  if (typeof value === 'boolean') return 'boolean'
  if (Array.isArray(value)) return 'list'
  return value === null ? undefined : 'record'
}
