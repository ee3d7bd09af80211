import type { FlowNode, NodeDefinition } from '@millrace/flow'

/** The property that a node's form is opened at: the first that is still wanted, else the first of all. */
export function mainFieldOf(
  node: FlowNode,
  definition: NodeDefinition | undefined,
): string | undefined {
  const entries = Object.entries(definition?.properties ?? {})
  const wanted = entries.find(
    ([key, property]) => property.required === true && node.properties?.[key] === undefined,
  )
  return (wanted ?? entries[0])?.[0]
}
