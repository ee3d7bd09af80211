import type { ASTNode } from '@marcbachmann/cel-js'
import { typeOfPath } from './expression-nulls.ts'
import { isMacro } from './expression-syntax.ts'
import { fieldsOf, itemOf, optional, required, type Type } from './type.ts'

/** Types of the library whose values JSON cannot hold. */
const noJson = new Set(['type', 'bytes', 'uint', 'google.protobuf.Duration', 'optional'])

/**
 * The type of a checked expression, as flows see it; throws where JSON cannot hold its result. The
 * library knows a record that is written down
 * as a map of anything, and whatever may be null as anything; here it is told what each part is.
 */
export function typeOfNode(node: ASTNode, variables: ReadonlyMap<string, Type>): Type {
  const path = typeOfPath(node, variables)
  if (path !== undefined) return path
  switch (node.op) {
    case 'map':
      return recordOf(node.args, variables)
    case 'list':
      return { list: commonType(node.args.map((item) => typeOfNode(item, variables))) }
    case '?:': {
      const [, yes, no] = node.args
      return eitherOf(yes, no, variables)
    }
    case 'rcall':
      return (
        typeOfItem(node, variables) ??
        typeOfMacro(node, variables) ??
        typeOfChecked(node, variables)
      )
    default:
      return typeOfChecked(node, variables)
  }
}

function recordOf(
  entries: readonly (readonly [ASTNode, ASTNode])[],
  variables: ReadonlyMap<string, Type>,
): Type {
  const fields: [string, Type][] = []
  for (const [key, value] of entries) {
    if (key.op !== 'value' || typeof key.args !== 'string') return { record: {} }
    fields.push([key.args, typeOfNode(value, variables)])
  }
  return { record: Object.fromEntries(fields) }
}

function eitherOf(yes: ASTNode, no: ASTNode, variables: ReadonlyMap<string, Type>): Type {
  if (isNull(yes)) return optional(typeOfNode(no, variables))
  if (isNull(no)) return optional(typeOfNode(yes, variables))
  const types = [typeOfNode(yes, variables), typeOfNode(no, variables)]
  const common = commonType(types.map(required))
  return types.some((type) => type !== required(type)) ? optional(common) : common
}

/** `first` and `last` give an item of the list, or null of an empty one. */
function typeOfItem(
  node: ASTNode & { readonly op: 'rcall' },
  variables: ReadonlyMap<string, Type>,
): Type | undefined {
  const [name, list] = node.args
  const isItem = name === 'first' || name === 'last'
  return isItem ? optional(itemOf(typeOfNode(list, variables))) : undefined
}

/** `map` gives a list of what its last part is, `filter` a list as it was. */
function typeOfMacro(
  node: ASTNode & { readonly op: 'rcall' },
  variables: ReadonlyMap<string, Type>,
): Type | undefined {
  const [name, list, parts] = node.args
  const [item] = parts
  if (!isMacro(node) || item?.op !== 'id') return undefined
  const source = required(typeOfNode(list, variables))
  if (name === 'filter') return source
  const body = name === 'map' ? parts.at(-1) : undefined
  if (body === undefined) return undefined
  return { list: typeOfNode(body, new Map(variables).set(item.args, itemOf(source))) }
}

/** One type for all of them, where they are of one; anything otherwise. */
function commonType(types: readonly Type[]): Type {
  const [first, ...others] = types
  const text = JSON.stringify(first)
  return first !== undefined && others.every((type) => JSON.stringify(type) === text)
    ? first
    : 'any'
}

function isNull(node: ASTNode): boolean {
  return node.op === 'value' && node.args === null
}

/** What the library found. */
function typeOfChecked(node: ASTNode, variables: ReadonlyMap<string, Type>): Type {
  const { checkedType } = node as { readonly checkedType?: { readonly name: string } } // not declared
  return typeOfCel(checkedType?.name ?? 'dyn', variables)
}

function typeOfCel(name: string, variables: ReadonlyMap<string, Type>): Type {
  if (noJson.has(name)) throw new Error('its result is not a JSON value')
  if (name === 'string' || name === 'google.protobuf.Timestamp') return 'text'
  if (name === 'int' || name === 'double') return 'number'
  if (name === 'bool') return 'boolean'
  if (name.startsWith('list')) {
    const item = /^list<(.*)>$/.exec(name)?.[1]
    return { list: item === undefined ? 'any' : typeOfCel(item, variables) }
  }
  if (name.startsWith('map')) return { record: {} }
  const [prefix, root = '', ...steps] = name.split('.')
  const variable = prefix === 'flow' ? variables.get(root) : undefined
  return (variable && typeAlong(variable, steps)) ?? 'any'
}

function typeAlong(start: Type, steps: readonly string[]): Type | undefined {
  return steps.reduce((type: Type | undefined, step) => {
    const owner = type && required(type)
    if (typeof owner === 'object' && 'list' in owner) return owner.list
    return Object.values((owner && fieldsOf(owner)) ?? {})[Number(step)]
  }, start)
}
