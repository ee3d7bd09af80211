import type { ASTNode, Context, Environment } from '@marcbachmann/cel-js'
import { bounded, countCosts, withinBudget } from './expression-budget.ts'
import { compilePattern, createEnvironment, speakFlow } from './expression-environment.ts'
import { findUntestedNull, type UntestedNull } from './expression-nulls.ts'
import {
  ExpressionError,
  problemOf,
  rangeOf,
  reserved,
  type SourceRange,
} from './expression-problem.ts'
import {
  childrenOf,
  freeNamesOf,
  macroNestingOf,
  placeOfFreeName,
  renameFreeName,
} from './expression-syntax.ts'
import { typeOfNode } from './expression-type.ts'
import { nearestName } from './name.ts'
import type { ScopeVariable } from './scope.ts'
import { fieldsOf, isOptional, type Type } from './type.ts'

/**
 * Expressions are CEL: no statements, no I/O, no way to an object's prototype. Numbers are all of
 * one kind, and results come back as plain JSON.
 */

/** How deep list macros (`map`, `filter`, `exists`, …) may nest: their cost is a power of it. */
const maxMacroNesting = 2

const hostileNames: ReadonlySet<unknown> = new Set(['__proto__', 'constructor', 'prototype'])

const untyped = createEnvironment({ isTyped: false })
const typed = createEnvironment({ isTyped: true })

/** What is wrong with an expression; `problem` is the end of a sentence about it. */
export interface ExpressionProblem {
  readonly problem: string
  readonly code: 'expression_invalid' | 'maybe_null'
  /** `undefined` when it is about the whole. */
  readonly range: SourceRange | undefined
}

/** What an expression turned out to be. */
export type ExpressionCheck = { readonly type: Type } | Pick<ExpressionProblem, 'problem' | 'code'>

/** The type of an expression where these variables are in scope, or what is wrong with it. */
export function checkExpression(
  source: string,
  variables: readonly ScopeVariable[],
): ExpressionCheck {
  const found = findExpressionProblem(source, variables)
  return 'problem' in found ? { problem: found.problem, code: found.code } : found
}

/** As `checkExpression`, with the place of what is wrong. */
export function findExpressionProblem(
  source: string,
  variables: readonly ScopeVariable[],
): { readonly type: Type } | ExpressionProblem {
  try {
    const { untested, type } = typeExpression(source, variables)
    if (untested === undefined) return { type: type() }
    const { reference, range } = untested
    return {
      code: 'maybe_null',
      problem: `"${reference}" may be null; test it first, as in ${reference} != null && …`,
      range,
    }
  } catch (error) {
    return { code: 'expression_invalid', problem: problemOf(error), range: rangeOf(error) }
  }
}

/** The type of an expression, also where it forgets to test for null; `undefined` when it has none. */
export function typeOfExpression(
  source: string,
  variables: readonly ScopeVariable[],
): Type | undefined {
  try {
    return typeExpression(source, variables).type()
  } catch {
    return undefined
  }
}

interface TypedExpression {
  readonly untested: UntestedNull | undefined
  /** Works the type out; throws when there is none. */
  readonly type: () => Type
}

function typeExpression(source: string, variables: readonly ScopeVariable[]): TypedExpression {
  const used = variablesOf(untyped.parse(source).ast, variables)
  const environment = typed.clone()
  for (const [name, type] of used) {
    environment.registerVariable(name, celType(environment, `flow.${name}`, type))
  }
  const { ast, check } = environment.parse(source)
  refuseCostly(ast)
  refuseUnreadablePatterns(ast)
  refuseHostileFields(ast)
  return {
    untested: findUntestedNull(ast, used),
    type() {
      speakFlow(ast)
      const result = check()
      if (!result.valid) throw result.error
      return typeOfNode(ast, used)
    },
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
  const evaluate = parse(untyped, source)
  const { ast } = evaluate
  const variables = [...freeNamesOf(ast)]
  refuseCostly(ast)
  speakFlow(ast)
  // Now, so that what the check settles about the nodes is there to be counted.
  const checked = evaluate.check()
  if (!checked.valid) throw new Error(problemOf(checked.error))
  countCosts(ast)
  return {
    variables,
    evaluate(values) {
      const compute = (given: typeof values) => {
        // No prototype, so that a name such as `constructor` is unknown like any other.
        const context: Context = Object.assign(Object.create(null) as object, given)
        return withinBudget(() => toJson(bounded(evaluate(context))))
      }
      return inWords(() => {
        try {
          return compute(values)
        } catch (error) {
          // Only now, since it means to walk through all that is given.
          const readable = withReadableRecords(values)
          if (readable === values) throw error
          return compute(readable)
        }
      })
    },
  }
}

/**
 * The library tells what a value is by its property `constructor`, which a record from outside may
 * have as a field. Such a record it reads as a map; the same value comes back where there is none.
 */
function withReadableRecords<T>(value: T): T
function withReadableRecords(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) {
    const items = value.map(withReadableRecords)
    return items.some((item, index) => item !== value[index]) ? items : value
  }
  const fields = Object.entries(value)
  const readable = fields.map(([key, inner]) => [key, withReadableRecords(inner)] as const)
  if (Object.hasOwn(value, 'constructor')) return new Map(readable)
  const isSame = readable.every(([, inner], index) => inner === fields[index]?.[1])
  return isSame ? value : Object.fromEntries(readable)
}

/**
 * The source with one variable renamed wherever the expression reads it. An expression that cannot
 * be read stays as it is.
 */
export function renameInExpression(source: string, from: string, to: string): string {
  try {
    return renameFreeName(source, untyped.parse(source).ast, from, to)
  } catch {
    return source
  }
}

/** The variables that an expression reads; none of one that cannot be read. */
export function variablesInExpression(source: string): readonly string[] {
  try {
    return [...freeNamesOf(untyped.parse(source).ast)]
  } catch {
    return []
  }
}

/** The tree of an expression, as it was written; `undefined` where it cannot be read. */
export function parseExpression(source: string): ASTNode | undefined {
  try {
    return untyped.parse(source).ast
  } catch {
    return undefined
  }
}

function parse(environment: Environment, source: string): ReturnType<Environment['parse']> {
  return inWords(() => environment.parse(source))
}

/** Throws what is wrong in words that a designer understands. */
function inWords<T>(compute: () => T): T {
  try {
    return compute()
  } catch (error) {
    throw new Error(problemOf(error), { cause: error })
  }
}

/** The variables that an expression reads, with their types; throws for one that is not there. */
function variablesOf(ast: ASTNode, variables: readonly ScopeVariable[]): ReadonlyMap<string, Type> {
  const used = new Map<string, Type>()
  for (const name of freeNamesOf(ast)) {
    const variable = variables.find((candidate) => candidate.name === name)
    // The library's own constants, such as `int` and `cel`, are no part of what flows speak.
    if (variable !== undefined && untyped.hasVariable(name)) {
      throw new ExpressionError(reserved(name), placeOfFreeName(ast, name))
    }
    if (variable === undefined) {
      const nearest = nearestName(
        name,
        variables.map((known) => known.name),
      )
      const advice = nearest === undefined ? '' : `; did you mean "${nearest}"?`
      throw new ExpressionError(
        `there is no variable "${name}" here${advice}`,
        placeOfFreeName(ast, name),
      )
    }
    used.set(name, variable.type)
  }
  return used
}

function refuseCostly(ast: ASTNode): void {
  if (macroNestingOf(ast) > maxMacroNesting) {
    throw new Error(`list macros nest deeper than ${maxMacroNesting} levels`)
  }
}

function refuseUnreadablePatterns(node: ASTNode): void {
  if (node.op === 'rcall' && node.args[0] === 'matches') {
    const [pattern] = node.args[2]
    if (pattern?.op === 'value' && typeof pattern.args === 'string') {
      refuseUnreadable(pattern.args, pattern.range)
    }
  }
  for (const child of childrenOf(node)) refuseUnreadablePatterns(child)
}

/** The library would leave such a field out without a word. */
function refuseHostileFields(node: ASTNode): void {
  if (node.op === 'map') {
    for (const [key] of node.args) {
      if (key.op === 'value' && hostileNames.has(key.args)) {
        throw new ExpressionError(`"${String(key.args)}" cannot be the name of a field`, key.range)
      }
    }
  }
  for (const child of childrenOf(node)) refuseHostileFields(child)
}

function refuseUnreadable(pattern: string, range: SourceRange): void {
  try {
    compilePattern(pattern)
  } catch (error) {
    throw new ExpressionError(problemOf(error), range)
  }
}

/**
 * The library's name of a type. A record becomes a type of its own, named by the way to it: the
 * variable, then the numbers of fields, and `item` for what is in a list.
 */
function celType(environment: Environment, name: string, type: Type): string {
  if (type === 'text') return 'string'
  if (type === 'number') return 'double'
  if (type === 'boolean') return 'bool'
  if (type === 'any' || isOptional(type)) return 'dyn'
  if (typeof type === 'object' && 'list' in type) {
    return `list<${celType(environment, `${name}.item`, type.list)}>`
  }
  const fields = Object.entries(fieldsOf(type) ?? {})
  if (fields.length === 0) return 'map'
  environment.registerType(name, {
    fields: Object.fromEntries(
      fields.map(([key, field], index) => [key, celType(environment, `${name}.${index}`, field)]),
    ),
  })
  // Records are maps when it comes to the evaluation, and compared as such.
  environment.registerOperator(`${name} == ${name}`, (left, right) => left === right)
  return name
}

function toJson(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value)
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) {
      throw new Error('the result is not a number, as after a division by zero')
    }
    // Adding 0 makes 0 of -0, which JSON does not tell apart.
    return value + 0
  }
  if (Array.isArray(value)) return value.map(toJson)
  if (value instanceof Date) return value.toISOString()
  if (value instanceof Map) return toJson(Object.fromEntries(value))
  if (typeof value === 'object' && value !== null) {
    const prototype: unknown = Object.getPrototypeOf(value)
    if (prototype !== Object.prototype && prototype !== null) {
      throw new Error('its result is not a JSON value')
    }
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toJson(item)]))
  }
  return value ?? null
}
