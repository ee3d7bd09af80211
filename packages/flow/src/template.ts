/**
 * The value of a `template` property: its text, in which placeholders count, and the values that
 * variables put between, in which they do not.
 */
export type Template = readonly (string | InsertedValue)[]

/** What a variable put into a template, written as text. */
export interface InsertedValue {
  readonly value: string
}

/** `@@` and the longest run of letters after it. */
const placeholder = /@@(\p{L}+)/gu

/**
 * The text of a template with every placeholder replaced that has a value, in a single pass: what is
 * put in, by a placeholder or by a variable, is never read as a template. Placeholders without a
 * value stay as they are.
 */
export function fillTemplate(template: Template, values: ReadonlyMap<string, string>): string {
  return template
    .map((part) =>
      typeof part === 'string'
        ? part.replace(placeholder, (whole, name: string) => values.get(name) ?? whole)
        : part.value,
    )
    .join('')
}

/** The text of a template as it stands, for people to read. */
export function textOfTemplate(template: Template): string {
  return fillTemplate(template, noValues)
}

const noValues: ReadonlyMap<string, string> = new Map()

/** A placeholder as it stands in the text of a template. */
export interface PlaceholderSpan {
  /** Without its `@@`. */
  readonly name: string
  readonly start: number
  readonly end: number
}

/** Where text has placeholders, known or not: for checks, and for editors that mark them. */
export function placeholdersIn(text: string): readonly PlaceholderSpan[] {
  return Array.from(text.matchAll(placeholder), ({ 0: whole, 1: name = '', index }) => ({
    name,
    start: index,
    end: index + whole.length,
  }))
}
