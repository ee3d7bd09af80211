import type { SqlSystem } from './sql-system.ts'

/** A part of a statement; all parts together are its text. */
export interface StatementPart {
  readonly kind: 'text' | 'parameter'
  /** As it is written, a parameter with its `@`. */
  readonly text: string
  /** Where it begins, in UTF-16 units. */
  readonly start: number
}

/**
 * Takes a statement apart into its parameters (`@name`) and what is between. An `@` in a string, a
 * comment or a quoted identifier is none, nor is one that belongs to an operator (`@>`, `<@`, `@@`).
 */
export function statementParts(
  statement: string,
  system: SqlSystem['id'],
): readonly StatementPart[] {
  const parts: StatementPart[] = []
  let textStart = 0
  let position = 0
  const closeText = (end: number) => {
    if (end > textStart) {
      parts.push({ kind: 'text', text: statement.slice(textStart, end), start: textStart })
    }
  }
  while (position < statement.length) {
    const [token = ''] = matchAt(tokens[system], statement, position) ?? []
    const name = /@(?=[A-Za-z]\w*$)/.exec(token)
    if (name !== null && !isQuoted(token) && !isOperator(token.slice(0, name.index + 1), system)) {
      const start = position + name.index
      closeText(start)
      parts.push({ kind: 'parameter', text: token.slice(name.index), start })
      textStart = position + token.length
    }
    position += Math.max(1, lengthOf(token, statement, position))
  }
  closeText(statement.length)
  return parts
}

/** Operators whose last letter is `@`, so that a name after them is no parameter. */
const operatorsWithAt: Readonly<Record<SqlSystem['id'], ReadonlySet<string>>> = {
  postgres: new Set(['<@', '@@', '@@@', '@-@', '^@', '^<@', '<<@', '?@']),
  // Its own variables: @@ROWCOUNT.
  sqlserver: new Set(['@@']),
}

function isOperator(text: string, system: SqlSystem['id']): boolean {
  return operatorsWithAt[system].has(text)
}

function isQuoted(token: string): boolean {
  return /^(?:[eE]?['"[$]|--|\/\*)/.test(token)
}

/** What is read as one: quoted text up to its end, a word, or an operator with the name after it. */
const quoted = ["'[^']*(?:''[^']*)*(?:'|$)", '"[^"]*(?:""[^"]*)*(?:"|$)', '--[^\\n]*', '/\\*']
const operatorWithName = '(?:(?!--|/\\*)[-+*/<>=~!@#%^&|`?])+(?:[A-Za-z]\\w*)?'
const word = '[A-Za-z_\\u0080-\\uFFFF][\\w$\\u0080-\\uFFFF]*'
/** What is between, in one step: a statement may insert a thousand rows. */
const between = '[\\s\\d(),.;:{}]+'
const common = [...quoted, word, operatorWithName, between]

const tokens: Readonly<Record<SqlSystem['id'], RegExp>> = {
  postgres: new RegExp(
    [
      "[eE]'[^'\\\\]*(?:(?:\\\\[^]|'')[^'\\\\]*)*(?:'|$)",
      '\\$(?<tag>(?:[A-Za-z_\\u0080-\\uFFFF][\\w\\u0080-\\uFFFF]*)?)\\$[^]*?(?:\\$\\k<tag>\\$|$)',
      ...common,
    ].join('|'),
    'y',
  ),
  sqlserver: new RegExp(['\\[[^\\]]*(?:\\]\\][^\\]]*)*(?:\\]|$)', ...common].join('|'), 'y'),
}

function matchAt(pattern: RegExp, text: string, position: number): RegExpExecArray | null {
  pattern.lastIndex = position
  return pattern.exec(text)
}

/** A block comment holds others, which no regular expression can count. */
function lengthOf(token: string, statement: string, position: number): number {
  if (token !== '/*') return token.length
  const bounds = /\/\*|\*\//g
  bounds.lastIndex = position
  let depth = 0
  for (let bound = bounds.exec(statement); bound !== null; bound = bounds.exec(statement)) {
    depth += bound[0] === '/*' ? 1 : -1
    if (depth === 0) return bounds.lastIndex - position
  }
  return statement.length - position
}
