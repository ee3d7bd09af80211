/**
 * The value of a `template` property: its text, in which placeholders count, and the values that
 * variables put between, in which they do not.
 */
export type Template = readonly (string | InsertedValue)[]

/** What a variable put into a template, written as text. */
export interface InsertedValue {
  readonly value: string
}

/** How the placeholders of a template are written. */
export interface PlaceholderNotation {
  readonly pattern: RegExp
  /** One that is being typed. */
  readonly begun: RegExp
  /** What stands before a name, and after it. */
  readonly before: string
  readonly after: string
}

/** `@@` and the longest run of letters after it: the parts of a prompt. */
export const promptParts: PlaceholderNotation = {
  pattern: /@@(\p{L}+)/gu,
  begun: /@@\p{L}*/u,
  before: '@@',
  after: '',
}

/**
 * `@[name]`, with any name: the fields of a record. Names have an end, so that many that begin and do
 * not close are not read to the end of the text each.
 */
export const recordFields: PlaceholderNotation = {
  pattern: /@\[([^\]\n]{1,1000})\]/gu,
  begun: /@\[[^\]\n]*/u,
  before: '@[',
  after: ']',
}

/** A placeholder as it stands in a template. */
export function writePlaceholder(name: string, { before, after }: PlaceholderNotation): string {
  return `${before}${name}${after}`
}

/**
 * The text of a template with every placeholder replaced that has a value, in a single pass: what is
 * put in, by a placeholder or by a variable, is never read as a template. Placeholders without a
 * value stay as they are.
 */
export function fillTemplate(
  template: Template,
  values: ReadonlyMap<string, string>,
  { pattern }: PlaceholderNotation = promptParts,
): string {
  return template
    .map((part) =>
      typeof part === 'string'
        ? part.replace(pattern, (whole, name: string) => values.get(name) ?? whole)
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
  /** Without what stands around it. */
  readonly name: string
  readonly start: number
  readonly end: number
}

/** Where text has placeholders, known or not: for checks, and for editors that mark them. */
export function placeholdersIn(
  text: string,
  { pattern }: PlaceholderNotation = promptParts,
): readonly PlaceholderSpan[] {
  return Array.from(text.matchAll(pattern), ({ 0: whole, 1: name = '', index }) => ({
    name,
    start: index,
    end: index + whole.length,
  }))
}
