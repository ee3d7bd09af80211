import { readBinding, writeBinding } from './binding.ts'
import type { Registry } from './definition.ts'
import { renameInExpression } from './expression.ts'
import type { Flow, FlowNode } from './flow.ts'
import { isRecord, type JsonValue } from './json.ts'
import { rulesOf } from './property.ts'
import { formatReference, parseReference } from './reference.ts'
import { scopesOf, type FlowScopes } from './scope.ts'

/** A new name for a variable that a node declares. */
export interface VariableRename {
  readonly nodeId: string
  /** The property that gives the name. */
  readonly nameFrom: string
  readonly from: string
  readonly to: string
}

/**
 * Renames every reference to a variable, in references, texts and expressions, wherever that
 * variable, and no other of the same name, is meant. The declaration itself is not touched.
 */
export function renameVariable(flow: Flow, registry: Registry, rename: VariableRename): Flow {
  if (rename.from === '' || rename.to === '' || rename.from === rename.to) return flow
  const scopes = scopesOf(flow, registry)
  return {
    ...flow,
    nodes: flow.nodes.map((node) =>
      isMeant(scopes, node, rename) ? renameInNode(node, registry, rename) : node,
    ),
  }
}

function isMeant(scopes: FlowScopes, node: FlowNode, { nodeId, from }: VariableRename): boolean {
  const variable = scopes.at(node.id).find(({ name }) => name === from)
  return variable?.origin.kind !== undefined && variable.origin.kind !== 'flow'
    ? variable.origin.nodeId === nodeId
    : false
}

function renameInNode(node: FlowNode, registry: Registry, rename: VariableRename): FlowNode {
  if (node.properties === undefined) return node
  const definition = registry.nodes.get(node.type)
  const properties = Object.fromEntries(
    Object.entries(node.properties).map(([key, value]) => {
      const property = definition?.properties[key]
      if (property === undefined || property.kind === 'json') return [key, value]
      const cells = rulesOf(property).cells?.(value) ?? []
      const renamed = cells.reduce(
        (current, cell) => replaceAt(current, cell.path, renameInValue(cell.value, rename)),
        value,
      )
      return [key, renameInValue(renamed, rename)]
    }),
  )
  return { ...node, properties }
}

function renameInValue(value: JsonValue, { from, to }: VariableRename): JsonValue {
  const binding = readBinding(value)
  switch (binding?.kind) {
    case 'reference':
      return writeBinding({ ...binding, reference: renameInReference(binding.reference, from, to) })
    case 'text':
      return writeBinding({
        ...binding,
        parts: binding.parts.map((part) =>
          typeof part === 'string' ? part : { $ref: renameInReference(part.$ref, from, to) },
        ),
      })
    case 'expression':
      return writeBinding({ ...binding, source: renameInExpression(binding.source, from, to) })
    default:
      return value
  }
}

function renameInReference(source: string, from: string, to: string): string {
  const reference = parseReference(source)
  return reference?.variable === from ? formatReference({ ...reference, variable: to }) : source
}

function replaceAt(
  value: JsonValue,
  [key, ...rest]: readonly (string | number)[],
  replacement: JsonValue,
): JsonValue {
  if (key === undefined) return replacement
  if (Array.isArray(value)) {
    return value.map((item, index) => (index === key ? replaceAt(item, rest, replacement) : item))
  }
  if (!isRecord(value)) return value
  const inner = value[key] as JsonValue // a JSON record holds JSON
  return { ...(value as Record<string, JsonValue>), [key]: replaceAt(inner, rest, replacement) }
}
