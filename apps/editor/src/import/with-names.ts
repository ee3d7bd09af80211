import type { Flow, FlowNode, Registry } from '@millrace/flow'

/** What is called otherwise here: connections, and flows that one flow calls; from the id to the id. */
export interface NewNames {
  readonly connections: ReadonlyMap<string, string>
  readonly flows: ReadonlyMap<string, string>
}

/** A flow whose nodes name connections and flows as they are called here. */
export function withNames(flow: Flow, registry: Registry, names: NewNames): Flow {
  return { ...flow, nodes: flow.nodes.map((node) => renamed(node, registry, names)) }
}

function renamed(node: FlowNode, registry: Registry, names: NewNames): FlowNode {
  const declared = registry.nodes.get(node.type)?.properties ?? {}
  const properties = Object.entries(node.properties ?? {}).map(([key, value]) => {
    const kind = declared[key]?.kind
    const renames =
      kind === 'connection' ? names.connections : kind === 'flow' ? names.flows : undefined
    return [key, typeof value === 'string' ? (renames?.get(value) ?? value) : value] as const
  })
  return properties.length === 0 ? node : { ...node, properties: Object.fromEntries(properties) }
}
