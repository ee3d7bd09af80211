import type { ASTNode } from '@marcbachmann/cel-js'
import { pathOf } from './expression-nulls.ts'
import { parseExpression } from './expression.ts'
import { formatReference, parseReference } from './reference.ts'
import type { ScopeVariable } from './scope.ts'
import { fieldsOf, isOptional, itemOf, required, typeAt, type Type } from './type.ts'

/**
 * What is done to a variable's value before it is used, for those who do not write expressions. In
 * the document it is an expression like any other; of an expression that says no more than this,
 * `readFormat` gives it back.
 */
export interface FormattedValue {
  readonly reference: string
  /** One after another. */
  readonly steps: readonly FormatStep[]
  /** What counts in its place when it is empty. */
  readonly ifEmpty?: string | number | boolean
}

export type FormatStep =
  | { readonly kind: 'first' | 'last' | 'count' | 'upper' | 'lower' | 'trim' | 'json' }
  | { readonly kind: 'join'; readonly separator: string }
  | { readonly kind: 'round'; readonly digits: number }
  | { readonly kind: 'date'; readonly pattern: string }

/** The steps that a value of a type can take next, with what they start as. */
export function stepsFor(type: Type): readonly FormatStep[] {
  const value = required(type)
  const isList = typeof value === 'object' && 'list' in value
  const isText = value === 'text' || value === 'any'
  return [
    ...(isList ? ([{ kind: 'first' }, { kind: 'last' }, { kind: 'count' }] as const) : []),
    ...(isList && isPlain(value.list) ? [{ kind: 'join', separator: ', ' } as const] : []),
    ...(isText
      ? ([
          { kind: 'date', pattern: 'DD.MM.YYYY' },
          { kind: 'upper' },
          { kind: 'lower' },
          { kind: 'trim' },
        ] as const)
      : []),
    ...(value === 'number' || value === 'any' ? [{ kind: 'round', digits: 0 } as const] : []),
    ...(value === 'text' ? [{ kind: 'count' } as const] : []),
    ...(isPlain(value) && value !== 'any' ? [] : [{ kind: 'json' } as const]),
  ]
}

/** The type of a value after a step. */
export function typeAfter(type: Type, step: FormatStep): Type {
  switch (step.kind) {
    case 'first':
    case 'last':
      return required(itemOf(type))
    case 'count':
    case 'round':
      return 'number'
    default:
      return 'text'
  }
}

/** The type of what a reference means, where these variables are in scope. */
export function typeOfReference(reference: string, variables: readonly ScopeVariable[]): Type {
  const parsed = parseReference(reference)
  const variable = variables.find(({ name }) => name === parsed?.variable)
  return (variable && parsed && typeAt(variable.type, parsed.path)) ?? 'any'
}

/** The expression that a format stands for. What may be empty on the way there is tested first. */
export function writeFormat(
  { reference, steps, ifEmpty }: FormattedValue,
  variables: readonly ScopeVariable[],
): string {
  if (steps.length === 0 && ifEmpty === undefined) return reference
  let type = required(typeOfReference(reference, variables))
  let source = reference
  for (const step of steps) {
    source = writeStep(source, step, type)
    type = typeAfter(type, step)
  }
  const tests = emptyTests(reference, variables, {
    alsoEmpty:
      ifEmpty !== undefined || steps.some(({ kind }) => kind === 'first' || kind === 'last'),
  })
  if (tests.length === 0) return source
  if (ifEmpty === undefined) return `${tests.join(' || ')} ? null : ${source}`
  const isText = typeof ifEmpty === 'string' && type !== 'text' && type !== 'any'
  const otherwise = isText ? `string(${source})` : source
  return `${tests.join(' || ')} ? ${JSON.stringify(ifEmpty)} : ${otherwise}`
}

function writeStep(source: string, step: FormatStep, type: Type): string {
  switch (step.kind) {
    case 'count':
      return `size(${source})`
    case 'json':
      return `toJson(${source})`
    case 'round':
      return step.digits === 0 ? `round(${source})` : `round(${source}, ${step.digits})`
    case 'date':
      return `formatDate(${source}, ${JSON.stringify(step.pattern)})`
    case 'join': {
      const list = itemOf(type) === 'text' ? source : `${source}.map(item, string(item))`
      return `${list}.join(${JSON.stringify(step.separator)})`
    }
    default:
      return `${source}.${step.kind}()`
  }
}

/** Each is true where the value is missing: nothing on the way to it may be null, or not there. */
function emptyTests(
  reference: string,
  variables: readonly ScopeVariable[],
  { alsoEmpty }: { readonly alsoEmpty: boolean },
): readonly string[] {
  const parsed = parseReference(reference)
  const variable = variables.find(({ name }) => name === parsed?.variable)
  if (parsed === undefined || variable === undefined) return []
  const tests: string[] = []
  let type: Type = variable.type
  let at = parsed.variable
  const testNull = () => {
    if (isOptional(type) || type === 'any') tests.push(`${at} == null`)
  }
  testNull()
  for (const [index, key] of parsed.path.entries()) {
    const owner = required(type)
    const next = formatReference({ ...parsed, path: parsed.path.slice(0, index + 1) })
    if (typeof key === 'number') {
      tests.push(`size(${at}) <= ${key}`)
      type = itemOf(owner)
    } else {
      const fields = fieldsOf(owner)
      const isKnown = fields !== undefined && Object.hasOwn(fields, key)
      // What has any fields may have this one, or not.
      if (!isKnown) tests.push(`!(${JSON.stringify(key)} in ${at})`)
      type = (isKnown ? fields[key] : undefined) ?? 'any'
    }
    at = next
    testNull()
  }
  const value = required(type)
  if (alsoEmpty && (value === 'text' || value === 'any')) tests.push(`${at} == ""`)
  if (alsoEmpty && typeof value === 'object' && 'list' in value) tests.push(`size(${at}) == 0`)
  return tests
}

/** The format that an expression stands for; `undefined` for one that says something else. */
export function readFormat(source: string): FormattedValue | undefined {
  const ast = parseExpression(source)
  if (ast === undefined) return undefined
  if (ast.op !== '?:') {
    const read = readSteps(ast)
    return read === undefined || read.steps.length === 0 ? undefined : read
  }
  const [condition, empty, otherwise] = ast.args
  if (empty.op !== 'value') return undefined
  const ifEmpty = typeof empty.args === 'bigint' ? Number(empty.args) : empty.args
  const isText = typeof ifEmpty === 'string'
  const read = readSteps(isText ? withoutString(otherwise) : otherwise)
  if (read === undefined || !isEmptyTest(condition, read.reference)) return undefined
  if (ifEmpty === null) return read.steps.length === 0 ? undefined : read
  return isText || typeof ifEmpty === 'number' || typeof ifEmpty === 'boolean'
    ? { ...read, ifEmpty }
    : undefined
}

function readSteps(
  node: ASTNode,
): { readonly reference: string; readonly steps: readonly FormatStep[] } | undefined {
  const path = pathOf(node)
  if (path !== undefined) return { reference: formatReference(path), steps: [] }
  const found = readStep(node)
  const inner = found && readSteps(found.value)
  return inner && found && { reference: inner.reference, steps: [...inner.steps, found.step] }
}

function readStep(
  node: ASTNode,
): { readonly step: FormatStep; readonly value: ASTNode } | undefined {
  if (node.op === 'call') {
    const [name, [value, option, ...more]] = node.args
    if (value === undefined || more.length > 0) return undefined
    if (option === undefined) {
      if (name === 'size') return { step: { kind: 'count' }, value }
      if (name === 'toJson') return { step: { kind: 'json' }, value }
      if (name === 'round') return { step: { kind: 'round', digits: 0 }, value }
      return undefined
    }
    const given = literalOf(option)
    if (name === 'round' && typeof given === 'number') {
      return { step: { kind: 'round', digits: given }, value }
    }
    if (name === 'formatDate' && typeof given === 'string') {
      return { step: { kind: 'date', pattern: given }, value }
    }
    return undefined
  }
  if (node.op !== 'rcall') return undefined
  const [name, value, [option, ...more]] = node.args
  if (more.length > 0) return undefined
  if (name === 'join') {
    const separator = option === undefined ? '' : literalOf(option)
    if (typeof separator !== 'string') return undefined
    return { step: { kind: 'join', separator }, value: withoutTexts(value) }
  }
  const isPlainStep =
    name === 'first' || name === 'last' || name === 'upper' || name === 'lower' || name === 'trim'
  return isPlainStep && option === undefined ? { step: { kind: name }, value } : undefined
}

/** The list of which `map(item, string(item))` makes texts. */
function withoutTexts(node: ASTNode): ASTNode {
  if (node.op !== 'rcall' || node.args[0] !== 'map') return node
  const [, list, [item, body, ...more]] = node.args
  if (item?.op !== 'id' || body === undefined || more.length > 0) return node
  const made = withoutString(body)
  return made !== body && made.op === 'id' && made.args === item.args ? list : node
}

function withoutString(node: ASTNode): ASTNode {
  if (node.op !== 'call' || node.args[0] !== 'string') return node
  const [value, ...more] = node.args[1]
  return value === undefined || more.length > 0 ? node : value
}

/** Whether a condition tests nothing but whether the value, or what leads to it, is missing. */
function isEmptyTest(node: ASTNode, reference: string): boolean {
  const leadsThere = (part: ASTNode, key?: string) => {
    const path = pathOf(part)
    if (path === undefined) return false
    const steps = key === undefined ? path.path : [...path.path, key]
    const at = formatReference({ ...path, path: steps })
    return reference === at || reference.startsWith(`${at}.`) || reference.startsWith(`${at}[`)
  }
  switch (node.op) {
    case '||':
      return node.args.every((part) => isEmptyTest(part, reference))
    case '==': {
      const [left, right] = node.args
      const wanted = literalOf(right)
      if (wanted === 0) return left.op === 'call' && sizedOf(left, leadsThere)
      return (wanted === null || wanted === '') && leadsThere(left)
    }
    case '<=': {
      const [left, right] = node.args
      return typeof literalOf(right) === 'number' && sizedOf(left, leadsThere)
    }
    case '!_': {
      const inner = node.args
      if (inner.op !== 'in') return false
      const [key, owner] = inner.args
      const name = literalOf(key)
      return typeof name === 'string' && leadsThere(owner, name)
    }
    default:
      return false
  }
}

function sizedOf(node: ASTNode, leadsThere: (part: ASTNode) => boolean): boolean {
  if (node.op !== 'call' || node.args[0] !== 'size') return false
  const [value] = node.args[1]
  return value !== undefined && leadsThere(value)
}

/** The value that is written down; `undefined` for anything that is worked out. */
function literalOf(node: ASTNode): unknown {
  if (node.op !== 'value') return undefined
  return typeof node.args === 'bigint' ? Number(node.args) : node.args
}

/** Whether values of the type read as text as they are. */
function isPlain(type: Type): boolean {
  return ['text', 'number', 'boolean', 'any'].some((plain) => plain === required(type))
}
