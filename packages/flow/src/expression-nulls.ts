import type { ASTNode } from '@marcbachmann/cel-js'
import { childrenOf, isMacro } from './expression-syntax.ts'
import { formatReference } from './reference.ts'
import { fieldsOf, isOptional, itemOf, required, type Type } from './type.ts'

/** A value that may be null, and where it is used as if it could not. */
export interface UntestedNull {
  readonly reference: string
  readonly range: ASTNode['range']
}

/**
 * Finds where an expression uses a value that may be null before it tested it: `usage.totalTokens`
 * needs a `usage != null &&` in front. Null itself may be compared, chosen and given as a result.
 */
export function findUntestedNull(
  ast: ASTNode,
  types: ReadonlyMap<string, Type>,
): UntestedNull | undefined {
  return visit(ast, types, new Set())
}

/** The type of a plain path such as `response.usage`; `undefined` for anything else. */
export function typeOfPath(ast: ASTNode, types: ReadonlyMap<string, Type>): Type | undefined {
  const path = pathOf(ast)
  return path && typeAlong(path, types)
}

/** The paths that are known not to be null, as references. */
type Known = ReadonlySet<string>

interface Path {
  readonly variable: string
  readonly path: readonly (string | number)[]
}

function visit(
  node: ASTNode,
  types: ReadonlyMap<string, Type>,
  known: Known,
): UntestedNull | undefined {
  const inOrder = (...steps: readonly (readonly [ASTNode, Known])[]) =>
    firstOf(steps, ([step, facts]) => visit(step, types, facts))
  const used = (used: readonly ASTNode[]) =>
    firstOf(used, (one) => nullAt(one, types, known) ?? visit(one, types, known))
  switch (node.op) {
    case 'value':
    case 'id':
      return undefined
    case '.':
      return used([node.args[0]])
    case '[]':
      return used(node.args)
    case '==':
    case '!=':
    case 'list':
    case 'map':
      return inOrder(...childrenOf(node).map((child) => [child, known] as const))
    case '&&': {
      const [left, right] = node.args
      const after = new Set([...known, ...testedBy(left).whenTrue])
      return (
        nullAt(left, types, known) ??
        nullAt(right, types, after) ??
        inOrder([left, known], [right, after])
      )
    }
    case '||': {
      const [left, right] = node.args
      const after = new Set([...known, ...testedBy(left).whenFalse])
      return (
        nullAt(left, types, known) ??
        nullAt(right, types, after) ??
        inOrder([left, known], [right, after])
      )
    }
    case '?:': {
      const [condition, yes, no] = node.args
      const { whenTrue, whenFalse } = testedBy(condition)
      return (
        nullAt(condition, types, known) ??
        inOrder(
          [condition, known],
          [yes, new Set([...known, ...whenTrue])],
          [no, new Set([...known, ...whenFalse])],
        )
      )
    }
    case 'call':
      // `has` asks for the field itself; what leads to it is what must be there.
      return node.args[0] === 'has'
        ? firstOf(node.args[1], (field) => visit(field, types, known))
        : used(node.args[1])
    case 'rcall': {
      const [, list, [item, ...bodies]] = node.args
      if (!isMacro(node) || item?.op !== 'id') return used([list, ...node.args[2]])
      const inner = new Map(types).set(item.args, itemOf(typeOfPath(list, types) ?? 'any'))
      return used([list]) ?? firstOf(bodies, (body) => visit(body, inner, known))
    }
    default:
      return used(childrenOf(node))
  }
}

/** The path that a node is, when a value at its end may be null and nothing has tested that. */
function nullAt(
  node: ASTNode,
  types: ReadonlyMap<string, Type>,
  known: Known,
): UntestedNull | undefined {
  const path = pathOf(node)
  if (path === undefined) return undefined
  const reference = formatReference(path)
  const type = typeAlong(path, types)
  const isUntested = type !== undefined && isOptional(type) && !known.has(reference)
  return isUntested ? { reference, range: node.range } : undefined
}

interface Tested {
  readonly whenTrue: readonly string[]
  readonly whenFalse: readonly string[]
}

/** Which paths are not null when a condition holds, and when it does not. */
function testedBy(node: ASTNode): Tested {
  switch (node.op) {
    case '!=':
    case '==': {
      const [left, right] = node.args
      const other = isNull(left) ? right : isNull(right) ? left : undefined
      const path = other && pathOf(other)
      const tested = path === undefined ? [] : [formatReference(path)]
      return node.op === '!='
        ? { whenTrue: tested, whenFalse: [] }
        : { whenTrue: [], whenFalse: tested }
    }
    case '!_': {
      const { whenTrue, whenFalse } = testedBy(node.args)
      return { whenTrue: whenFalse, whenFalse: whenTrue }
    }
    case '&&': {
      const [left, right] = node.args.map(testedBy)
      return { whenTrue: [...(left?.whenTrue ?? []), ...(right?.whenTrue ?? [])], whenFalse: [] }
    }
    case '||': {
      const [left, right] = node.args.map(testedBy)
      return { whenTrue: [], whenFalse: [...(left?.whenFalse ?? []), ...(right?.whenFalse ?? [])] }
    }
    default:
      return { whenTrue: [], whenFalse: [] }
  }
}

function isNull(node: ASTNode): boolean {
  return node.op === 'value' && node.args === null
}

/** The plain path that a node is, such as `response.usage`; `undefined` for anything else. */
export function pathOf(node: ASTNode): Path | undefined {
  if (node.op === 'id') return { variable: node.args, path: [] }
  if (node.op !== '.' && node.op !== '[]') return undefined
  const [left, right] = node.args
  const owner = pathOf(left)
  const key = typeof right === 'string' ? right : right.op === 'value' ? right.args : undefined
  if (owner === undefined) return undefined
  if (typeof key === 'string') return { ...owner, path: [...owner.path, key] }
  return typeof key === 'bigint' ? { ...owner, path: [...owner.path, Number(key)] } : undefined
}

/** As an expression goes it: an item that a list has not is an error there, and never null. */
function typeAlong({ variable, path }: Path, types: ReadonlyMap<string, Type>): Type | undefined {
  let type = types.get(variable)
  for (const key of path) {
    if (type === undefined || type === 'any') return type
    const owner: Type = required(type)
    if (typeof key === 'number') type = itemOf(owner)
    else {
      const fields = fieldsOf(owner)
      const isOpen = fields !== undefined && Object.keys(fields).length === 0
      type = isOpen ? 'any' : fields && Object.hasOwn(fields, key) ? fields[key] : undefined
    }
  }
  return type
}

function firstOf<T>(
  items: readonly T[],
  find: (item: T) => UntestedNull | undefined,
): UntestedNull | undefined {
  for (const item of items) {
    const found = find(item)
    if (found !== undefined) return found
  }
  return undefined
}
