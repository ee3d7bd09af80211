/** In characters. */
const longest = 4_000

/** A value as text to be looked at; the text of an open one keeps its lines. */
export function showValue(value: unknown, form: 'line' | 'open'): string {
  if (value === undefined || value === null || value === '') return 'empty'
  const text =
    typeof value === 'string' ? value : JSON.stringify(value, null, form === 'open' ? 2 : undefined)
  return text.length > longest ? `${text.slice(0, longest)} …` : text
}
