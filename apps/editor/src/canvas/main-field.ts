import type { FlowNode, NodeDefinition } from '@millrace/flow'

/**
 * The property that a node's form is opened at: the first that is still wanted, else the first that
 * the node cannot do without, else the first of all.
 */
export function mainFieldOf(
  node: FlowNode,
  definition: NodeDefinition | undefined,
): string | undefined {
  const entries = Object.entries(definition?.properties ?? {})
  const needed = entries.filter(([, property]) => property.required === true)
  const wanted = needed.find(([key]) => node.properties?.[key] === undefined)
  return (wanted ?? needed[0] ?? entries[0])?.[0]
}
