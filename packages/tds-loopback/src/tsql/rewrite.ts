import type { Parameter } from '../protocol/parameters.ts'
import { SqlServerFault } from '../sql-server-fault.ts'
import { quoted } from './names.ts'
import { afterGroup, isSymbol, splitAt, wordOf, type Token } from './tokens.ts'
import { readTypeName } from './type-name.ts'
import { functions, keywords, moments, tableHints } from './vocabulary.ts'

/** A piece of the PostgreSQL statement, and what in the batch it comes from. */
export interface Piece {
  readonly text: string
  readonly token?: Token
}

export interface RewriteContext {
  /** Gives a name its case. */
  readonly resolve: (name: string) => string
  readonly parameters: readonly Parameter[]
  /** Values of `@@name`, as SQL, by name in upper case. */
  readonly globals: ReadonlyMap<string, string>
  /** Filled in the order in which the statement has them. */
  readonly used: Parameter[]
}

/** The characters of a text whose type was named without a length in `CAST`. */
const castLength = 30

/** Turns tokens of a query, or of an expression in one, into pieces of PostgreSQL. */
export function rewrite(tokens: readonly Token[], context: RewriteContext): readonly Piece[] {
  const pieces: Piece[] = []
  let limit: readonly Piece[] = []
  let index = 0
  while (index < tokens.length) {
    const token = tokens[index]
    if (token === undefined) break
    if (wordOf(token) === 'TOP') {
      const isGroup = isSymbol(tokens[index + 1], '(')
      const end = isGroup ? afterGroup(tokens, index + 1) : index + 2
      limit = [{ text: 'limit' }, ...rewrite(tokens.slice(index + 1, end), context)]
      index = end
      continue
    }
    const { written, end } = rewriteAt(tokens, index, context)
    pieces.push(...written)
    index = end
  }
  return [...pieces, ...limit]
}

interface Rewritten {
  readonly written: readonly Piece[]
  readonly end: number
}

function rewriteAt(tokens: readonly Token[], index: number, context: RewriteContext): Rewritten {
  const token = tokens[index] as Token // `rewrite` looks at each index below the length
  const one = (text: string): Rewritten => ({ written: [{ text, token }], end: index + 1 })
  switch (token.kind) {
    case 'string':
    case 'number':
      return one(token.text)
    case 'name':
      return one(quoted(context.resolve(token.text)))
    case 'variable':
      return one(variable(token, context))
    case 'symbol':
      if (token.text === '(') return group(tokens, index, context)
      return one(token.text === '+' && joinsTexts(tokens, index) ? '||' : token.text)
    case 'word':
      return rewriteWord(tokens, index, context)
  }
}

function rewriteWord(tokens: readonly Token[], index: number, context: RewriteContext): Rewritten {
  const token = tokens[index] as Token // as above
  const word = wordOf(token)
  const isCall = isSymbol(tokens[index + 1], '(')
  const isQualified = isSymbol(tokens[index - 1], '.')
  const one = (text: string): Rewritten => ({ written: [{ text, token }], end: index + 1 })
  if (isQualified) return one(quoted(context.resolve(token.text)))
  if (word === 'WITH' && isCall && tableHints.has(wordOf(tokens[index + 2]))) {
    return { written: [], end: afterGroup(tokens, index + 1) }
  }
  // What a query may name for itself, SQL Server lets it name in its own definition too.
  if (word === 'WITH') return one('with recursive')
  if (word === 'OPTION' && isCall) return { written: [], end: afterGroup(tokens, index + 1) }
  const moment = moments.get(word)
  if (moment !== undefined) {
    return { written: [{ text: moment, token }], end: isCall ? index + 3 : index + 1 }
  }
  if (word === 'CAST' && isCall) return cast(tokens, index, context)
  if (word === 'CONVERT' && isCall) return convert(tokens, index, context)
  if ((word === 'COUNT' || word === 'DATALENGTH') && isCall) return asInt(tokens, index, context)
  if (word === 'LIKE') return one('ilike')
  if (word === '$ACTION') {
    const isNamed = wordOf(tokens[index + 1]) === 'AS'
    return one(isNamed ? 'merge_action()' : 'merge_action() as "$action"')
  }
  const called = isCall ? functions.get(word) : undefined
  if (called !== undefined) return one(called)
  return one(keywords.has(word) ? word : quoted(context.resolve(token.text)))
}

function variable(token: Token, { parameters, globals, used }: RewriteContext): string {
  const name = token.text.toLowerCase()
  const global = globals.get(token.text.toUpperCase())
  if (global !== undefined) return global
  const parameter = parameters.find((candidate) => candidate.name.toLowerCase() === name)
  if (parameter === undefined) {
    const message = `Must declare the scalar variable "${token.text}".`
    throw new SqlServerFault({ number: 137, severity: 15, message, line: token.line })
  }
  if (!used.includes(parameter)) used.push(parameter)
  return `($${used.indexOf(parameter) + 1}::${parameter.type})`
}

/** `+` joins texts, where one of them is written out. */
function joinsTexts(tokens: readonly Token[], index: number): boolean {
  return tokens[index - 1]?.kind === 'string' || tokens[index + 1]?.kind === 'string'
}

function group(tokens: readonly Token[], index: number, context: RewriteContext): Rewritten {
  const end = afterGroup(tokens, index)
  const isClosed = isSymbol(tokens[end - 1], ')')
  const inside = rewrite(tokens.slice(index + 1, isClosed ? end - 1 : end), context)
  const close = isClosed ? [{ text: ')' }] : []
  return { written: [{ text: '(' }, ...inside, ...close], end }
}

function cast(tokens: readonly Token[], index: number, context: RewriteContext): Rewritten {
  const end = afterGroup(tokens, index + 1)
  const inside = tokens.slice(index + 2, end - 1)
  const as = inside.findLastIndex((token) => wordOf(token) === 'AS')
  const type = readTypeName(inside, as + 1, castLength)
  return castTo(type?.sql, rewrite(inside.slice(0, as), context), end)
}

function convert(tokens: readonly Token[], index: number, context: RewriteContext): Rewritten {
  const end = afterGroup(tokens, index + 1)
  const [typeTokens = [], value = []] = splitAt(tokens.slice(index + 2, end - 1), ',')
  return castTo(readTypeName(typeTokens, 0, castLength)?.sql, rewrite(value, context), end)
}

function castTo(type: string | undefined, value: readonly Piece[], end: number): Rewritten {
  const written = [{ text: 'cast (' }, ...value, { text: `as ${type ?? 'unknown_type'})` }]
  return { written, end }
}

/** A count is a 32-bit number in SQL Server, also over a window. */
function asInt(tokens: readonly Token[], index: number, context: RewriteContext): Rewritten {
  const name = functions.get(wordOf(tokens[index])) ?? ''
  let end = afterGroup(tokens, index + 1)
  if (wordOf(tokens[end]) === 'OVER') end = afterGroup(tokens, end + 1)
  const call = rewrite(tokens.slice(index + 1, end), context)
  return { written: [{ text: `cast (${name}` }, ...call, { text: 'as integer)' }], end }
}
