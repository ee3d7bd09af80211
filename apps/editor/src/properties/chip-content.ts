import { readFormat, writeFormat, type FormattedValue, type ScopeVariable } from '@millrace/flow'
import { expressionMark } from './chip-text.ts'

/** What a chip holds: a variable as it is or with a format, or an expression that says more. */
export type ChipContent =
  | { readonly kind: 'variable'; readonly formatted: FormattedValue }
  | { readonly kind: 'expression'; readonly source: string }

/** Reads what stands between the marks of a chip: see `chip-text.ts`. */
export function readContent(content: string): ChipContent {
  if (!content.startsWith(expressionMark)) {
    return { kind: 'variable', formatted: { reference: content, steps: [] } }
  }
  const source = content.slice(expressionMark.length)
  const formatted = readFormat(source)
  return formatted === undefined ? { kind: 'expression', source } : { kind: 'variable', formatted }
}

/** What stands in the chip of a variable with a format; the plain reference when it has none. */
export function writeContent(
  formatted: FormattedValue,
  variables: readonly ScopeVariable[],
): string {
  const source = writeFormat(formatted, variables)
  return source === formatted.reference ? source : expressionMark + source
}

/** The same chip with another variable in it; a format stays. */
export function withReference(
  content: string,
  reference: string,
  variables: readonly ScopeVariable[],
): string {
  const read = readContent(content)
  return read.kind === 'expression'
    ? reference
    : writeContent({ ...read.formatted, reference }, variables)
}
