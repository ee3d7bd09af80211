import type { NodeDefinition } from './definition.ts'
import type { FlowNode } from './flow.ts'
import type { PropertyDefinition } from './property.ts'

/** Whether a property counts for a node, by the data of its definition. */
export function isVisible(
  property: PropertyDefinition,
  definition: NodeDefinition,
  node: FlowNode,
): boolean {
  const { visible } = property
  if (visible === undefined) return true
  const value =
    node.properties?.[visible.property] ?? definition.properties[visible.property]?.default
  return visible.in.some((wanted) => wanted === value)
}
