import type { Binding } from './binding.ts'
import type { Registry } from './definition.ts'
import { renameInExpression } from './expression.ts'
import { isVisibleAt } from './find-references.ts'
import type { Flow, FlowNode } from './flow.ts'
import { ownValue } from './json.ts'
import { mapBindings } from './map-bindings.ts'
import { isIdentifier } from './name.ts'
import { formatReference, parseReference } from './reference.ts'
import { scopesOf } from './scope.ts'

/** A new name for a variable. */
export interface VariableRename {
  /** The node that declares it; `undefined` for a variable of the flow. */
  readonly nodeId: string | undefined
  readonly from: string
  readonly to: string
}

/**
 * Renames every reference to a variable, in references, texts and expressions, wherever that
 * variable, and no other of the same name, is meant. The declaration itself is not touched. To a
 * name that is none, or that means another variable at one of those places, nothing is renamed: a
 * broken reference is found by the check, one that means something else would not be.
 */
export function renameVariable(flow: Flow, registry: Registry, rename: VariableRename): Flow {
  const { from, to } = rename
  if (from === to || !isIdentifier(from) || !isIdentifier(to)) return flow
  const scopes = scopesOf(flow, registry)
  const variable = { nodeId: rename.nodeId, name: from }
  const meant = new Set(flow.nodes.filter(({ id }) => isVisibleAt(id, variable, scopes)))
  const isTaken = [...meant].some((node) => scopes.visibleAt(node.id).find(to) !== undefined)
  if (isTaken) return flow
  return {
    ...flow,
    nodes: flow.nodes.map((node) =>
      meant.has(node) ? renameInNode(node, registry, rename) : node,
    ),
  }
}

/**
 * Renames a variable of the flow, with every reference to it and every node that assigns it. A name
 * that another variable has, or that is none, changes nothing.
 */
export function renameFlowVariable(
  flow: Flow,
  registry: Registry,
  { from, to }: { readonly from: string; readonly to: string },
): Flow {
  if (flow.variables === undefined || !isIdentifier(to)) return flow
  if (scopesOf(flow, registry).declared.some(({ name }) => name === to)) return flow
  const renamed = renameVariable(flow, registry, { nodeId: undefined, from, to })
  return {
    ...renamed,
    variables: flow.variables.map((one) => (one.name === from ? { ...one, name: to } : one)),
    nodes: renamed.nodes.map((node) => renameAssigned(node, registry, from, to)),
  }
}

function renameAssigned(node: FlowNode, registry: Registry, from: string, to: string): FlowNode {
  const definition = registry.nodes.get(node.type)
  const assigned = Object.entries(node.properties ?? {}).filter(
    ([key, value]) =>
      value === from && ownValue(definition?.properties, key)?.kind === 'flowVariable',
  )
  if (assigned.length === 0) return node
  const names = Object.fromEntries(assigned.map(([key]) => [key, to]))
  return { ...node, properties: { ...node.properties, ...names } }
}

function renameInNode(node: FlowNode, registry: Registry, rename: VariableRename): FlowNode {
  if (node.properties === undefined) return node
  const definition = registry.nodes.get(node.type)
  const properties = Object.fromEntries(
    Object.entries(node.properties).map(([key, value]) => {
      const property = ownValue(definition?.properties, key)
      if (property === undefined) return [key, value]
      return [key, mapBindings(value, property, (binding) => renameInBinding(binding, rename))]
    }),
  )
  return { ...node, properties }
}

/** The binding with every reference to a variable, also in texts and expressions, renamed. */
export function renameInBinding(
  binding: Binding,
  { from, to }: Pick<VariableRename, 'from' | 'to'>,
): Binding {
  switch (binding.kind) {
    case 'reference':
      return { ...binding, reference: renameInReference(binding.reference, from, to) }
    case 'text':
      return {
        ...binding,
        parts: binding.parts.map((part) => {
          if (typeof part === 'string') return part
          return '$ref' in part
            ? { $ref: renameInReference(part.$ref, from, to) }
            : { $expr: renameInExpression(part.$expr, from, to) }
        }),
      }
    case 'expression':
      return { ...binding, source: renameInExpression(binding.source, from, to) }
    case 'literal':
      return binding
  }
}

function renameInReference(source: string, from: string, to: string): string {
  const reference = parseReference(source)
  return reference?.variable === from ? formatReference({ ...reference, variable: to }) : source
}
