import type { Registry } from '@millrace/flow'

/** The words by which flows are found that have a node of a type. */
export function textOfType(type: string, registry: Registry): string {
  const definition = registry.nodes.get(type)
  return definition === undefined ? type : `${definition.system} ${definition.title}`
}
