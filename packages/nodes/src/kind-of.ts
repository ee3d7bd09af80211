/** What a JSON value is, in one word of the type system; `nothing` for one that is not there. */
export function kindOf(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'list'
  switch (typeof value) {
    case 'string':
      return 'text'
    case 'object':
      return 'record'
    default:
      return typeof value
  }
}
