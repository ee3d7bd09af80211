import type { NodeMigration, Registry } from './definition.ts'
import type { Flow, FlowNode } from './flow.ts'

/**
 * Brings nodes that were made with an older definition up to the installed one, step by step. Nodes
 * that are current, unknown or newer stay as they are; so does the flow when there is nothing to do.
 */
export function migrateNodes(flow: Flow, registry: Registry): Flow {
  if (registry.migrations.length === 0) return flow
  const nodes = flow.nodes.map((node) => migrateNode(node, registry))
  return nodes.every((node, index) => node === flow.nodes[index]) ? flow : { ...flow, nodes }
}

function migrateNode(node: FlowNode, { nodes, migrations }: Registry): FlowNode {
  const target = nodes.get(node.type)?.version ?? 1
  let current = node
  for (let version = node.version ?? 1; version < target; version += 1) {
    const step = migrations.find(isFrom(node.type, version))
    // A missing step is a defect of the definition; the check then tells what does not fit.
    current = { ...(step?.migrate(current) ?? current), version: version + 1 }
  }
  return current
}

function isFrom(type: string, version: number): (migration: NodeMigration) => boolean {
  return (migration) => migration.type === type && migration.from === version
}
