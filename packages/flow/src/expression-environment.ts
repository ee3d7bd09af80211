import { Environment, type ASTNode } from '@marcbachmann/cel-js'
import { RE2JS } from 're2js'
import { boundSize, spend } from './expression-budget.ts'
import { formatDate } from './format-date.ts'
import { childrenOf, isMacro } from './expression-syntax.ts'

/**
 * CEL as flows speak it. The library has integers and doubles, and keeps them apart; a flow has
 * numbers. So every number is made a double, but where the language asks for an integer: in the
 * index of a list and in positions within a text.
 */

const limits = { maxAstNodes: 2000, maxDepth: 64 }

/** A typed environment knows its variables and their types; an untyped one takes any. */
export function createEnvironment(options: { readonly isTyped: boolean }): Environment {
  const environment = new Environment({
    unlistedVariablesAreDyn: !options.isTyped,
    homogeneousAggregateLiterals: false,
    limits,
  })
  registerArithmetic(environment, options)
  for (const [signature, compute] of Object.entries(additions)) {
    environment.registerFunction(signature, compute)
  }
  for (const [signature, compute] of Object.entries(replacements)) {
    environment.registerFunction(signature, compute)
  }
  return environment
}

function registerArithmetic(environment: Environment, { isTyped }: { readonly isTyped: boolean }) {
  const arithmetic = {
    '+': (left: number, right: number) => left + right,
    '-': (left: number, right: number) => left - right,
    '*': (left: number, right: number) => left * right,
    '/': (left: number, right: number) => left / right,
    '%': (left: number, right: number) => left % right,
  }
  // Integers are left inside an index, and come from the functions of dates.
  for (const [operator, compute] of Object.entries(arithmetic)) {
    const mixed = (left: unknown, right: unknown) => compute(Number(left), Number(right))
    environment.registerOperator(`int ${operator} double`, mixed)
    environment.registerOperator(`double ${operator} int`, mixed)
  }
  environment.registerOperator('double % double', arithmetic['%'])
  if (isTyped) {
    // Evaluation compares them anyway; only the type check has to be told.
    environment.registerOperator('int == double', (left, right) => Number(left) === Number(right))
  }
}

/** Functions that the library has not: what *Format value* writes. */
const additions: Readonly<Record<string, (...values: never[]) => unknown>> = {
  'list.first(): dyn': (list: readonly unknown[]) => list[0] ?? null,
  'list.last(): dyn': (list: readonly unknown[]) => list.at(-1) ?? null,
  'string.upper(): string': (text: string) => text.toUpperCase(),
  'string.lower(): string': (text: string) => text.toLowerCase(),
  'round(double): double': (value: number) => round(value, 0),
  'round(double, double): double': round,
  'toJson(dyn): string': toJsonText,
  'formatDate(string, string): string': (text: string, pattern: string) =>
    formatDate(new Date(text), pattern),
  'formatDate(google.protobuf.Timestamp, string): string': formatDate,
}

/**
 * Functions that take the place of the library's, under a name with `_`, since it lets none be
 * registered again: numbers instead of integers, and `matches` on an engine that is linear in time.
 */
const replacements: Readonly<Record<string, (...values: never[]) => unknown>> = {
  'size_(string): double': lengthOf,
  'size_(list): double': (list: readonly unknown[]) => list.length,
  'size_(map): double': fieldCount,
  'string.size_(): double': lengthOf,
  'list.size_(): double': (list: readonly unknown[]) => list.length,
  'map.size_(): double': fieldCount,
  'string.indexOf_(string): double': (text: string, part: string) => text.indexOf(part),
  'string.lastIndexOf_(string): double': (text: string, part: string) => text.lastIndexOf(part),
  'int_(int): double': Number,
  'int_(double): double': Math.trunc,
  'int_(string): double': readWholeNumber,
  'string.matches_(string): bool': matches,
  'list<string>.join_(): string': (list: readonly string[]) => join(list, ''),
  'list<string>.join_(string): string': join,
}

const inNumbers = new Set(['size', 'indexOf', 'lastIndexOf', 'int'])
const always = new Set(['matches', 'join'])
const takesPositions = new Set(['substring', 'indexOf', 'lastIndexOf', 'split', 'at'])

/** Makes a parsed tree speak as flows do; once, before its types are checked. */
export function speakFlow(ast: ASTNode): ASTNode {
  rewrite(ast, 'value')
  return ast
}

function rewrite(node: ASTNode, place: 'value' | 'position'): void {
  switch (node.op) {
    case 'value':
      if (place === 'value' && isInteger(node.args)) setArgs(node, Number(node.args))
      return
    case '[]':
      rewrite(node.args[0], 'value')
      rewrite(node.args[1], 'position')
      return
    case 'call':
      replaceName(node, node.args, place)
      for (const child of childrenOf(node)) rewrite(child, 'value')
      return
    case 'rcall': {
      const [name, receiver, values] = node.args
      replaceName(node, node.args, place)
      rewrite(receiver, 'value')
      for (const value of isMacro(node) ? values.slice(1) : values) {
        rewrite(value, takesPositions.has(name) ? 'position' : 'value')
      }
      return
    }
    case '==':
    case '!=':
    case '?:':
      for (const child of childrenOf(node)) if (isNull(child)) letBeOfAnyType(child)
      break
    default:
  }
  for (const child of childrenOf(node)) rewrite(child, place)
}

function replaceName(
  node: ASTNode,
  args: readonly [string, ...unknown[]],
  place: 'value' | 'position',
): void {
  const [name, ...others] = args
  const isReplaced =
    always.has(name) ||
    (place === 'value' && inNumbers.has(name) && !(name.endsWith('Of') && hasStart(others)))
  if (isReplaced) setArgs(node, [`${name}_`, ...others])
}

/** `indexOf` with a position to start at stays the library's. */
function hasStart([, values]: readonly unknown[]): boolean {
  return Array.isArray(values) && values.length > 1
}

/** The tree is only just parsed and ours alone; the library reads a node's parts when it checks it. */
function setArgs(node: ASTNode, args: unknown): void {
  ;(node as { args: unknown }).args = args
}

function isInteger(value: unknown): boolean {
  return typeof value === 'bigint'
}

function isNull(node: ASTNode): boolean {
  return node.op === 'value' && node.args === null
}

/** Lets null be compared with anything, and stand beside anything in `? :`. */
function letBeOfAnyType(node: ASTNode): void {
  const inner = node as unknown as {
    setMeta(key: 'check', check: (checker: { readonly dynType: unknown }) => unknown): void
  } // what the library keeps of a node beside what it declares
  inner.setMeta('check', ({ dynType }) => dynType)
}

function fieldCount(map: object): number {
  return map instanceof Map ? map.size : Object.keys(map).length
}

/** To so many digits after the point; halves away from zero, as people round. */
function round(value: number, digits: number): number {
  if (!Number.isInteger(digits) || digits < 0 || digits > 15) {
    throw new Error('round takes 0 to 15 digits after the point')
  }
  const rounded = Number(`${Math.round(Number(`${Math.abs(value)}e${digits}`))}e-${digits}`)
  return Number.isNaN(rounded) ? value : Math.sign(value) * rounded
}

function toJsonText(value: unknown): string {
  const text = JSON.stringify(value, (_, inner: unknown) =>
    inner instanceof Map
      ? Object.fromEntries(inner)
      : typeof inner === 'bigint'
        ? Number(inner)
        : inner,
  )
  spend(Math.ceil(text.length / 100))
  return text
}

/** In characters, as people count them, not in UTF-16 units. */
function lengthOf(text: string): number {
  let length = 0
  for (const _ of text) length += 1
  return length
}

function readWholeNumber(text: string): number {
  if (!/^[+-]?[0-9]{1,15}$/.test(text)) throw new Error(`"${text.slice(0, 40)}" is no whole number`)
  return Number(text)
}

function join(list: readonly unknown[], separator: string): string {
  if (!list.every((item) => typeof item === 'string')) {
    throw new Error('join needs a list of texts; map(item, string(item)) makes one')
  }
  boundSize(list.length * separator.length)
  return list.join(separator)
}

function matches(text: string, pattern: string): boolean {
  // A step for every hundred characters: the engine is linear, but not free.
  spend(Math.ceil(text.length / 100))
  return compilePattern(pattern).test(text)
}

const patterns = new Map<string, RE2JS>()
const maxPatterns = 100
const maxPatternLength = 1000

/** A regular expression ready for use; throws an `Error` that says what is wrong with it. */
export function compilePattern(pattern: string): RE2JS {
  const known = patterns.get(pattern)
  if (known !== undefined) return known
  if (pattern.length > maxPatternLength) {
    throw new Error(`the pattern of matches has more than ${maxPatternLength} characters`)
  }
  let compiled: RE2JS
  try {
    compiled = RE2JS.compile(pattern)
  } catch (error) {
    const reason =
      error instanceof Error ? error.message.replace(/^error parsing regexp: /, '') : ''
    throw new Error(`"${pattern}" is no pattern that matches can read: ${reason}`, { cause: error })
  }
  if (patterns.size >= maxPatterns) patterns.clear()
  patterns.set(pattern, compiled)
  return compiled
}
