/** One word or sign of a statement, without the space around it. */
export interface Token {
  /** `name` is a quoted identifier, `word` anything that may be one or a keyword. */
  readonly kind: 'word' | 'name' | 'variable' | 'string' | 'number' | 'symbol'
  /** As it is written, but for a `name`, which is without its brackets. */
  readonly text: string
  /** In the batch, from 1. */
  readonly line: number
}

const pattern =
  /(?<string>[Nn]?'(?:[^']|'')*')|(?<comment>--[^\n]*|\/\*[\s\S]*?\*\/)|\[(?<bracketed>(?:[^\]]|\]\])*)\]|"(?<quoted>(?:[^"]|"")*)"|(?<variable>@@?[\w$#@]+)|(?<word>\$action|[\p{L}_#][\p{L}\p{N}_$#@]*)|(?<number>\d+(?:\.\d*)?(?:[eE][+-]?\d+)?)|(?<space>\s+)|(?<symbol><>|<=|>=|!=|\|\||[\s\S])/giu

/** Reads a batch into tokens; space and comments are left out. */
export function tokensOf(batch: string): readonly Token[] {
  const tokens: Token[] = []
  let line = 1
  for (const { 0: text, groups = {} } of batch.matchAll(pattern)) {
    const token = tokenOf(text, groups, line)
    if (token !== undefined) tokens.push(token)
    line += text.split('\n').length - 1
  }
  return tokens
}

type Groups = Readonly<Record<string, string | undefined>>

function tokenOf(text: string, groups: Groups, line: number): Token | undefined {
  const { string, bracketed, quoted, variable, word, number, symbol } = groups
  if (string !== undefined) return { kind: 'string', text: string.replace(/^[Nn]/, ''), line }
  if (bracketed !== undefined) return { kind: 'name', text: bracketed.replaceAll(']]', ']'), line }
  if (quoted !== undefined) return { kind: 'name', text: quoted.replaceAll('""', '"'), line }
  if (variable !== undefined) return { kind: 'variable', text, line }
  if (word !== undefined) return { kind: 'word', text, line }
  if (number !== undefined) return { kind: 'number', text, line }
  return symbol === undefined ? undefined : { kind: 'symbol', text, line }
}

/** The upper-case text of a word; empty for what is no word. */
export function wordOf(token: Token | undefined): string {
  return token?.kind === 'word' ? token.text.toUpperCase() : ''
}

export function isSymbol(token: Token | undefined, text: string): boolean {
  return token?.kind === 'symbol' && token.text === text
}

/** The index of the token after the bracket that closes the one at `open`. */
export function afterGroup(tokens: readonly Token[], open: number): number {
  let depth = 0
  for (let index = open; index < tokens.length; index += 1) {
    if (isSymbol(tokens[index], '(')) depth += 1
    if (isSymbol(tokens[index], ')')) depth -= 1
    if (depth === 0) return index + 1
  }
  return tokens.length
}

/** Cuts tokens at a symbol that stands in no brackets; empty parts are kept. */
export function splitAt(tokens: readonly Token[], symbol: string): readonly (readonly Token[])[] {
  const parts: Token[][] = [[]]
  let depth = 0
  for (const token of tokens) {
    if (isSymbol(token, '(')) depth += 1
    if (isSymbol(token, ')')) depth -= 1
    if (depth === 0 && isSymbol(token, symbol)) parts.push([])
    else parts.at(-1)?.push(token)
  }
  return parts
}
