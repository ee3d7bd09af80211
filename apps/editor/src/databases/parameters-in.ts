import { statementParts } from '@millrace/nodes'

/** A `@name` in a statement, with its place. */
export interface ParameterPlace {
  /** Without its `@`. */
  readonly name: string
  readonly start: number
  readonly end: number
}

/** The parameters that a statement uses, in their order, each as often as it stands there. */
export function parametersIn(
  statement: string,
  system: 'postgres' | 'sqlserver',
): readonly ParameterPlace[] {
  return statementParts(statement, system)
    .filter(({ kind }) => kind === 'parameter')
    .map(({ text, start }) => ({ name: text.slice(1), start, end: start + text.length }))
}

/** The names that a statement uses and that are no parameters, each once; case does not matter. */
export function missingParameters(
  statement: string,
  system: 'postgres' | 'sqlserver',
  names: readonly string[],
): readonly string[] {
  const known = new Set(names.map((name) => name.toLowerCase()))
  const missing = new Map<string, string>()
  for (const { name } of parametersIn(statement, system)) {
    const key = name.toLowerCase()
    if (!known.has(key) && !missing.has(key)) missing.set(key, name)
  }
  return [...missing.values()]
}

/** The statement with another name for one of its parameters. */
export function withRenamedParameter(
  statement: string,
  system: 'postgres' | 'sqlserver',
  { from, to }: { readonly from: string; readonly to: string },
): string {
  return statementParts(statement, system)
    .map(({ kind, text }) =>
      kind === 'parameter' && text.slice(1).toLowerCase() === from.toLowerCase() ? `@${to}` : text,
    )
    .join('')
}
