import { expressionFunctions } from './expression-vocabulary.ts'
import { nearestName } from './name.ts'

/** A part of a source, in UTF-16 units. */
export interface SourceRange {
  readonly start: number
  readonly end: number
}

/** Something wrong at one place of an expression. */
export class ExpressionError extends Error {
  readonly range: SourceRange

  constructor(message: string, range: SourceRange) {
    super(message)
    this.range = range
  }
}

/** Where an expression is wrong; `undefined` when that is not known. */
export function rangeOf(error: unknown): SourceRange | undefined {
  // The library's errors have one of the same shape.
  const hasRange = error instanceof Error && 'range' in error
  return hasRange ? (error as ExpressionError).range : undefined
}

/** What is wrong with an expression, as the end of a sentence that a designer understands. */
export function problemOf(error: unknown): string {
  if (!(error instanceof Error)) return 'it cannot be read'
  const summary = 'summary' in error && typeof error.summary === 'string' ? error.summary : ''
  const text = summary || (error.message.split('\n')[0] ?? '')
  for (const [pattern, say] of sentences) {
    const match = pattern.exec(text)
    if (match !== null) return say(...match.slice(1).map((part) => part ?? ''))
  }
  return text || 'it cannot be read'
}

type Say = (...parts: readonly string[]) => string

/** By what the library says. */
const sentences: readonly (readonly [RegExp, Say])[] = [
  [/^Unknown variable: (.+)$/, (name) => `there is no variable "${name}" here`],
  [
    /^no such overload: ([-!])(.+)$/,
    (operator, type) => `"${operator}" does not work on ${kind(type)}`,
  ],
  [/^no such overload: (.+?) (\S+|in) (.+)$/, binary],
  [/^found no matching overload for '(?:.*\.)?(\w+?)_?\((.*)\)'$/, call],
  [/^No such key: index out of bounds, index (\S+) >= size (\S+)$/, outOfList],
  [/^No such key: (.+)$/, (key) => `there is no "${key}" in it`],
  [
    /^List index must be int/,
    () => 'an item of a list is found by a whole number: write int(…) around it',
  ],
  [/^Cannot index type '(.+)'$/, (type) => `${kind(type)} has no fields and no items`],
  [/^Reserved identifier: (.+)$/, (name) => reserved(name ?? '')],
  [
    /^Ternary condition must be bool, got '(.+)'$/,
    (type) => `before "?" stands something that is true or false, not ${kind(type)}`,
  ],
  [
    /^(\w+)\(.*\).* predicate must return bool, got '(.+)'$/,
    (name, type) => `the condition of ${name} must be true or false, not ${kind(type)}`,
  ],
  [
    /^Ternary branches must have the same type, got '(.+)' and '(.+)'$/,
    (left, right) =>
      `both results of "? :" must be of one kind, not ${kind(left)} and ${kind(right)}`,
  ],
  [
    /^Logical operator requires bool operands, got '(.+)'$/,
    (type) => `"&&" and "||" take what is true or false, not ${kind(type)}`,
  ],
  [
    /^Expression of type '(.+)' cannot be range of a comprehension/,
    (type) => `only a list has items to go through, not ${kind(type)}`,
  ],
  [/^Unsupported type: undefined$/, () => 'a value in it is missing'],
  [/^has\(\) invalid argument$/, () => 'has(…) asks for a field, such as has(response.usage)'],
  [
    / invalid predicate iteration variable$/,
    () => 'the first part of a list macro is a name for the item',
  ],
  [/^Unexpected token: EOF$|^Expected \w+, got EOF$|^Unterminated/, () => 'it ends too early'],
  [/^Unexpected character: '?='?$/, () => '"=" is not expected there; "==" compares'],
  [/^Unexpected character: '?(.+?)'?$/, (character) => `"${character}" is not expected there`],
  [
    /^(?:Unexpected token: |Expected \w+, got )(\w+)$/,
    (token) => `${tokens[token ?? ''] ?? `"${token}"`} is not expected there`,
  ],
  [/^Exceeded max|^Maximum call stack/, () => 'it is too long or nests too deep'],
  [
    /type error: cannot convert to (\w+)$/,
    (type) => `that text is no ${type === 'double' ? 'number' : 'whole number'}`,
  ],
]

/** What else the library has is no part of what flows speak. */
const functionNames: ReadonlySet<string> = new Set(expressionFunctions.map(({ name }) => name))

function binary(left = '', operator = '', right = ''): string {
  const kinds = [kind(left), kind(right)] as const
  const isSum = operator === '+'
  const advice =
    isSum && kinds.includes('text') && kinds.includes('a number')
      ? '; string(…) makes text of a number'
      : isSum && kinds[0] === 'a list' && kinds[1] === 'a list'
        ? ' of other items'
        : ''
  return `"${operator}" does not work on ${kinds[0]} and ${kinds[1]}${advice}`
}

function call(name = '', types = ''): string {
  if (!functionNames.has(name)) {
    const nearest = nearestName(name, functionNames)
    return `there is no function "${name}"${nearest === undefined ? '' : `; did you mean "${nearest}"?`}`
  }
  const given = types
    .replace(/<.*?>(?=,|$)/g, '')
    .split(', ')
    .map(kind)
    .join(' and ')
  return `${name}(…) does not work on this, given ${types === '' ? 'nothing' : given}`
}

function outOfList(index = '', size = ''): string {
  return `there is no item ${index} in a list of ${size}`
}

/** Why a word cannot be a variable inside an expression. */
export function reserved(name: string): string {
  return `"${name}" has a meaning of its own in expressions; give the variable another name`
}

const tokens: Readonly<Record<string, string>> = {
  BOOLEAN: 'true or false',
  NULL: 'null',
  IN: '"in"',
  NUMBER: 'a number',
  STRING: 'text',
  IDENTIFIER: 'a name',
  PLUS: '"+"',
  MINUS: '"-"',
  MULTIPLY: '"*"',
  DIVIDE: '"/"',
  MODULO: '"%"',
  EQ: '"=="',
  NE: '"!="',
  LT: '"<"',
  LE: '"<="',
  GT: '">"',
  GE: '">="',
  AND: '"&&"',
  OR: '"||"',
  NOT: '"!"',
  LPAREN: '"("',
  RPAREN: '")"',
  LBRACKET: '"["',
  RBRACKET: '"]"',
  LBRACE: '"{"',
  RBRACE: '"}"',
  DOT: '"."',
  COMMA: '","',
  COLON: '":"',
  QUESTION: '"?"',
}

/** A type of the library, in the words of flows. */
function kind(type = ''): string {
  const name = type.replace(/^dyn<(.*)>$/, '$1')
  if (name === 'string') return 'text'
  if (name === 'int' || name === 'uint' || name === 'double') return 'a number'
  if (name === 'bool') return 'true or false'
  if (name === 'null') return 'null'
  if (name === 'dyn') return 'this value'
  if (name.startsWith('list')) return 'a list'
  if (name.startsWith('map') || name.startsWith('flow.')) return 'a record'
  return name
}
