/** A field of an answer as text: text and numbers as they are, anything else as `otherwise`. */
export function textOfJson(value: unknown, otherwise: string): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : otherwise
}
