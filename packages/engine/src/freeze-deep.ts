/** What is frozen with all that is in it, so that what many plans share is walked through once. */
const frozen = new WeakSet<object>()

/** Freezes a value of plain objects, lists, maps and sets, and all that is in it. */
export function freezeDeep<T>(value: T): T {
  if (typeof value !== 'object' || value === null || frozen.has(value)) return value
  frozen.add(value)
  if (value instanceof Map || value instanceof Set) {
    // Freezing does not reach what a map or a set keeps.
    for (const name of ['set', 'add', 'delete', 'clear']) {
      if (name in value) Object.defineProperty(value, name, { value: refuse })
    }
    for (const inner of value.values()) freezeDeep(inner)
  }
  Object.freeze(value)
  for (const inner of Object.values(value)) freezeDeep(inner)
  return value
}

function refuse(): never {
  throw new TypeError('A plan is frozen: it is shared by runs.')
}
