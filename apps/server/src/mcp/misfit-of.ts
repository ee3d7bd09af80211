import {
  describeType,
  fieldsOf,
  isOfType,
  isRecord,
  itemOf,
  ownValue,
  required,
  typeOfValue,
  type Type,
} from '@millrace/flow'

/** Why a value is not of a type: the place in it, what is there and what should be; `undefined` when it is. */
export function misfitOf(value: unknown, type: Type, path = 'result'): string | undefined {
  if (isOfType(value, type)) return undefined
  return insideOf(value, required(type), path) ?? `${path} ${contrast(value, type)}`
}

/** The first part of a value that does not fit, where the value as a whole is of the right kind. */
function insideOf(value: unknown, type: Type, path: string): string | undefined {
  if (Array.isArray(value)) {
    if (typeof type !== 'object' || !('list' in type)) return undefined
    return firstOf(value, (item, index) => misfitOf(item, itemOf(type), `${path}[${index}]`))
  }
  const fields = fieldsOf(type)
  if (!isRecord(value) || fields === undefined) return undefined
  return firstOf(Object.entries(fields), ([name, field]) =>
    Object.hasOwn(value, name)
      ? misfitOf(ownValue(value, name), field, `${path}.${name}`)
      : misfitOf(null, field, `${path}.${name}`),
  )
}

function firstOf<T>(
  items: readonly T[],
  find: (item: T, index: number) => string | undefined,
): string | undefined {
  for (const [index, item] of items.entries()) {
    const found = find(item, index)
    if (found !== undefined) return found
  }
  return undefined
}

function contrast(value: unknown, type: Type): string {
  const given = value === null ? 'null' : describeType(typeOfValue(value))
  return `is ${given}, and should be ${describeType(type)}`
}
