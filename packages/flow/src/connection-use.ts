import { isSet } from './binding.ts'
import type { Registry } from './definition.ts'
import type { Flow, FlowNode } from './flow.ts'

/** A place in a flow that names a connection. */
export interface ConnectionUse {
  /** The id of the connection, which need not exist. */
  readonly id: string
  readonly node: FlowNode
  /** The key of the node's property that names it. */
  readonly property: string
  /** The kinds of connection that fit there. */
  readonly kinds: readonly string[]
}

/** Where a flow names connections, in the order of its nodes; a node of unknown type names none. */
export function connectionUses(flow: Flow, registry: Registry): readonly ConnectionUse[] {
  return flow.nodes.flatMap((node) => {
    const properties = Object.entries(registry.nodes.get(node.type)?.properties ?? {})
    return properties.flatMap(([key, property]): ConnectionUse[] => {
      const id = node.properties?.[key]
      return property.kind === 'connection' && isSet(id) && typeof id === 'string'
        ? [{ id, node, property: key, kinds: property.kinds }]
        : []
    })
  })
}

/** The connections that a flow names, with the kinds that fit, by id; an import lists them. */
export function connectionsOf(
  flow: Flow,
  registry: Registry,
): ReadonlyMap<string, readonly string[]> {
  return new Map(connectionUses(flow, registry).map(({ id, kinds }) => [id, kinds]))
}
