/** `@@` and the longest run of letters after it. */
const placeholder = /@@(\p{L}+)/gu

/**
 * Replaces every placeholder that has a value, in a single pass: what is put in is never read as a
 * template again. Placeholders without a value stay as they are.
 */
export function fillPromptTemplate(template: string, values: ReadonlyMap<string, string>): string {
  return template.replace(placeholder, (whole, name: string) => values.get(name) ?? whole)
}

/** A placeholder as it stands in a template. */
export interface PlaceholderSpan {
  /** Without its `@@`. */
  readonly name: string
  readonly start: number
  readonly end: number
}

/** Where a template has placeholders, known or not, for editors that mark them. */
export function placeholdersIn(template: string): readonly PlaceholderSpan[] {
  return Array.from(template.matchAll(placeholder), ({ 0: whole, 1: name = '', index }) => ({
    name,
    start: index,
    end: index + whole.length,
  }))
}
