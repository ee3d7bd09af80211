import { isSymbol, wordOf, type Token } from './tokens.ts'

/**
 * Makes names of a batch's table variables (`DECLARE @rows TABLE (…)`), each its own for a session:
 * PostgreSQL keeps them as temporary tables, and all sessions share one.
 */
export function nameTableVariables(tokens: readonly Token[], session: string): readonly Token[] {
  const declared = new Set(
    tokens.flatMap((token, index) =>
      token.kind === 'variable' &&
      wordOf(tokens[index - 1]) === 'DECLARE' &&
      wordOf(tokens[index + 1]) === 'TABLE'
        ? [token.text.toLowerCase()]
        : [],
    ),
  )
  return tokens.map((token) =>
    token.kind === 'variable' && declared.has(token.text.toLowerCase())
      ? { ...token, kind: 'name', text: `${token.text.toLowerCase()}#${session}` }
      : token,
  )
}

/** Whether a statement declares a table variable. */
export function declaresTable(tokens: readonly Token[]): boolean {
  return (
    wordOf(tokens[0]) === 'DECLARE' && wordOf(tokens[2]) === 'TABLE' && isSymbol(tokens[3], '(')
  )
}
