import { Environment, type ASTNode, type Context } from '@marcbachmann/cel-js'
import type { ScopeVariable } from './scope.ts'
import { fieldsOf, isOptional, typeAt, type Type } from './type.ts'

/**
 * Expressions are CEL: no statements, no I/O, no way to an object's prototype. Numbers mix freely
 * (a JSON number is a double, a literal `3` an integer), and results come back as plain JSON.
 */

/** How deep list macros (`map`, `filter`, `exists`, …) may nest: their cost is a power of it. */
const maxMacroNesting = 2
const macros = new Set(['all', 'exists', 'exists_one', 'map', 'filter'])

const limits = { maxAstNodes: 2000, maxDepth: 64 }

function createEnvironment(options: { readonly isTyped: boolean }): Environment {
  const environment = new Environment({
    unlistedVariablesAreDyn: !options.isTyped,
    homogeneousAggregateLiterals: false,
    limits,
  })
  const arithmetic = {
    '+': (left: number, right: number) => left + right,
    '-': (left: number, right: number) => left - right,
    '*': (left: number, right: number) => left * right,
    '/': (left: number, right: number) => left / right,
    '%': (left: number, right: number) => left % right,
  }
  for (const [operator, compute] of Object.entries(arithmetic)) {
    const mixed = (left: unknown, right: unknown) => compute(Number(left), Number(right))
    environment.registerOperator(`int ${operator} double`, mixed)
    environment.registerOperator(`double ${operator} int`, mixed)
  }
  environment.registerOperator('double % double', arithmetic['%'])
  if (options.isTyped) {
    // Evaluation compares them anyway; only the type check has to be told.
    environment.registerOperator('int == double', (left, right) => Number(left) === Number(right))
  }
  return environment
}

const untyped = createEnvironment({ isTyped: false })
const typed = createEnvironment({ isTyped: true })

/** The type of an expression where these variables are in scope, or what is wrong with it. */
export function checkExpression(
  source: string,
  variables: readonly ScopeVariable[],
): { readonly type: Type } | { readonly problem: string } {
  const environment = typed.clone()
  for (const { name, type } of variables) {
    const declared = celType(type)
    if (typeof declared === 'string') environment.registerVariable(name, declared)
    else environment.registerVariable({ name, schema: declared })
  }
  try {
    const parsed = environment.parse(source)
    if (macroNesting(parsed.ast) > maxMacroNesting) {
      return { problem: `list macros nest deeper than ${maxMacroNesting} levels` }
    }
    const result = parsed.check()
    if (!result.valid) return { problem: sentenceOf(result.error) }
    return { type: typeOfCel(result.type ?? 'dyn', variables) }
  } catch (error) {
    return { problem: sentenceOf(error) }
  }
}

/** An expression made ready to be evaluated many times. */
export interface CompiledExpression {
  /** The variables it reads; only these need be given. */
  readonly variables: readonly string[]
  /** Evaluates to a plain JSON value; throws an `Error` that says what is wrong. */
  evaluate(values: Readonly<Record<string, unknown>>): unknown
}

/** Compiles an expression; throws an `Error` when it cannot be read. */
export function compileExpression(source: string): CompiledExpression {
  const evaluate = untyped.parse(source)
  return {
    variables: [...freeVariables(evaluate.ast)],
    evaluate(values) {
      // No prototype, so that a name such as `constructor` is unknown like any other.
      const context: Context = Object.assign(Object.create(null) as object, values)
      try {
        return toJson(evaluate(context))
      } catch (error) {
        throw new Error(sentenceOf(error), { cause: error })
      }
    },
  }
}

/**
 * The source with one variable renamed wherever the expression reads it. An expression that cannot
 * be read stays as it is.
 */
export function renameInExpression(source: string, from: string, to: string): string {
  let ast: ASTNode
  try {
    ast = untyped.parse(source).ast
  } catch {
    return source
  }
  const starts: number[] = []
  visitIdentifiers(ast, new Set(), (name, node) => {
    if (name === from) starts.push(node.range.start)
  })
  let renamed = source
  for (const start of starts.toSorted((left, right) => right - left)) {
    renamed = renamed.slice(0, start) + to + renamed.slice(start + from.length)
  }
  return renamed
}

function freeVariables(ast: ASTNode): Set<string> {
  const names = new Set<string>()
  visitIdentifiers(ast, new Set(), (name) => names.add(name))
  return names
}

function visitIdentifiers(
  node: ASTNode,
  bound: ReadonlySet<string>,
  visit: (name: string, node: ASTNode) => void,
): void {
  if (node.op === 'id') {
    if (!bound.has(node.args)) visit(node.args, node)
    return
  }
  if (node.op === 'rcall' && macros.has(node.args[0])) {
    const [, list, [item, ...bodies]] = node.args
    visitIdentifiers(list, bound, visit)
    const inner = item?.op === 'id' ? new Set([...bound, item.args]) : bound
    for (const body of bodies) visitIdentifiers(body, inner, visit)
    return
  }
  for (const child of childrenOf(node)) visitIdentifiers(child, bound, visit)
}

function macroNesting(node: ASTNode): number {
  const inner = Math.max(0, ...childrenOf(node).map(macroNesting))
  return node.op === 'rcall' && macros.has(node.args[0]) ? inner + 1 : inner
}

function childrenOf(node: ASTNode): readonly ASTNode[] {
  return nodesIn(node.op === 'value' ? [] : node.args)
}

function nodesIn(value: unknown): readonly ASTNode[] {
  if (Array.isArray(value)) return value.flatMap(nodesIn)
  return isAstNode(value) ? [value] : []
}

function isAstNode(value: unknown): value is ASTNode {
  return typeof value === 'object' && value !== null && 'op' in value && 'args' in value
}

type CelSchema = { [field: string]: string | CelSchema }

function celType(type: Type): string | CelSchema {
  if (type === 'text') return 'string'
  if (type === 'number') return 'double'
  if (type === 'boolean') return 'bool'
  if (type === 'any' || isOptional(type)) return 'dyn'
  if (typeof type === 'object' && 'list' in type) {
    const item = celType(type.list)
    return `list<${typeof item === 'string' ? item : 'dyn'}>`
  }
  const fields = Object.entries(fieldsOf(type) ?? {})
  if (fields.length === 0) return 'map'
  return Object.fromEntries(fields.map(([key, field]) => [key, celType(field)]))
}

function typeOfCel(name: string, variables: readonly ScopeVariable[]): Type {
  if (name === 'string') return 'text'
  if (name === 'int' || name === 'uint' || name === 'double') return 'number'
  if (name === 'bool') return 'boolean'
  if (name.startsWith('list')) {
    const item = /^list<(.*)>$/.exec(name)?.[1]
    return { list: item === undefined ? 'any' : typeOfCel(item, variables) }
  }
  if (name.startsWith('map')) return { record: {} }
  if (name.startsWith('$')) {
    // The library names a declared record after the variable and the fields that lead to it.
    const [root, ...path] = name.slice(1).split('.')
    const variable = variables.find((candidate) => candidate.name === root)
    return (variable && typeAt(variable.type, path)) ?? 'any'
  }
  return 'any'
}

function toJson(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value)
  if (Array.isArray(value)) return value.map(toJson)
  if (value instanceof Date) return value.toISOString()
  if (value instanceof Map) {
    return Object.fromEntries([...value].map(([key, item]) => [String(key), toJson(item)]))
  }
  if (typeof value === 'object' && value !== null) {
    const prototype: unknown = Object.getPrototypeOf(value)
    if (prototype !== Object.prototype && prototype !== null) {
      throw new Error('the result is not a JSON value')
    }
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toJson(item)]))
  }
  return value ?? null
}

function sentenceOf(error: unknown): string {
  if (!(error instanceof Error)) return 'it cannot be read'
  const summary = 'summary' in error && typeof error.summary === 'string' ? error.summary : ''
  return summary || (error.message.split('\n')[0] ?? 'it cannot be read')
}
