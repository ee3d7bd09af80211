import type { Binding } from './binding.ts'
import type { Registry } from './definition.ts'
import { renameInExpression } from './expression.ts'
import type { Flow, FlowNode } from './flow.ts'
import { ownValue } from './json.ts'
import { mapBindings } from './map-bindings.ts'
import { parseReference } from './reference.ts'
import { renameInBinding } from './rename.ts'
import { scopesOf } from './scope.ts'

/** A broken reference in one property, and what is put in its place. */
export interface ReferenceRepair {
  readonly nodeId: string
  readonly property: string
  readonly from: string
  readonly to: string
}

/**
 * Puts one reference in the place of another in a property of a node, wherever in its value that
 * stands. In expressions the variable is renamed where only that differs.
 */
export function replaceReference(
  flow: Flow,
  registry: Registry,
  { nodeId, property: key, from, to }: ReferenceRepair,
): Flow {
  const [old, meant] = [parseReference(from), parseReference(to)]
  const isRenamed = JSON.stringify(old?.path) === JSON.stringify(meant?.path)
  const renamed = (source: string) =>
    isRenamed && old !== undefined && meant !== undefined
      ? renameInExpression(source, old.variable, meant.variable)
      : source
  return changeNodes(flow, registry, (node) => {
    if (node.id !== nodeId) return undefined
    return (binding, of) => {
      if (of !== key) return binding
      switch (binding.kind) {
        case 'reference':
          return binding.reference === from ? { ...binding, reference: to } : binding
        case 'text':
          return {
            ...binding,
            parts: binding.parts.map((part) => {
              if (typeof part === 'string') return part
              if ('$expr' in part) return { $expr: renamed(part.$expr) }
              return part.$ref === from ? { $ref: to } : part
            }),
          }
        case 'expression':
          return { ...binding, source: renamed(binding.source) }
        case 'literal':
          return binding
      }
    }
  })
}

/**
 * Lets every reference to a variable that is not there mean another one, in each node that has this
 * one in reach: what one rename or one removal broke is mended at once.
 */
export function replaceMissingVariable(
  flow: Flow,
  registry: Registry,
  { from, to }: { readonly from: string; readonly to: string },
): Flow {
  const scopes = scopesOf(flow, registry)
  return changeNodes(flow, registry, (node) => {
    const visible = scopes.visibleAt(node.id)
    if (visible.find(from) !== undefined || visible.find(to) === undefined) return undefined
    return (binding) => renameInBinding(binding, { from, to })
  })
}

type Change = (binding: Binding, key: string) => Binding

/** Changes the bindings of the nodes for which there is a change; all others stay the same object. */
function changeNodes(
  flow: Flow,
  registry: Registry,
  changeOf: (node: FlowNode) => Change | undefined,
): Flow {
  const nodes = flow.nodes.map((node) => {
    const change = changeOf(node)
    const definition = registry.nodes.get(node.type)
    if (change === undefined || definition === undefined) return node
    const properties = Object.fromEntries(
      Object.entries(node.properties ?? {}).map(([key, value]) => {
        const property = ownValue(definition.properties, key)
        if (property === undefined) return [key, value]
        return [key, mapBindings(value, property, (binding) => change(binding, key))]
      }),
    )
    const isSame = JSON.stringify(properties) === JSON.stringify(node.properties ?? {})
    return isSame ? node : { ...node, properties }
  })
  return nodes.every((node, index) => node === flow.nodes[index]) ? flow : { ...flow, nodes }
}
