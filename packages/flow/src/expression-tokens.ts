/** One piece of an expression's source. */
export interface ExpressionToken {
  /** `space` is white space and comments; `other` is an operator, a bracket or what is none of these. */
  readonly kind: 'name' | 'number' | 'text' | 'space' | 'other'
  readonly text: string
  readonly start: number
  readonly end: number
}

/** In the order in which they are tried; a text that is not closed goes on to the end of its line. */
const tokenPattern = new RegExp(
  [
    String.raw`(?<space>\s+|//[^\n]*)`,
    String.raw`(?<text>[rRbB]{0,2}(?:"""[^]*?(?:"""|$)|'''[^]*?(?:'''|$)|"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?))`,
    String.raw`(?<name>[A-Za-z_][A-Za-z0-9_]*)`,
    String.raw`(?<number>0[xX][0-9a-fA-F]+|[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|\.[0-9]+)`,
    String.raw`(?<other>&&|\|\||[=!<>]=|[^])`,
  ].join('|'),
  'g',
)

const kinds = ['space', 'text', 'name', 'number', 'other'] as const

/** The pieces of an expression, finished or not: for editors, which colour and complete it. */
export function tokensOf(source: string): readonly ExpressionToken[] {
  return Array.from(source.matchAll(tokenPattern), ({ 0: text, index, groups }) => ({
    kind: kinds.find((kind) => groups?.[kind] !== undefined) ?? 'other',
    text,
    start: index,
    end: index + text.length,
  }))
}
