import {
  blockVariablesOf,
  execPortsOf,
  outputsOf,
  type DeclaredVariable,
  type FlowNode,
  type NodeDefinition,
} from '@millrace/flow'

/** All variables that a node declares: its outputs, and what its sub-blocks see. */
export function declaredBy(
  node: FlowNode,
  definition: NodeDefinition,
): readonly DeclaredVariable[] {
  const blocks = execPortsOf(definition, node).flatMap((port) =>
    blockVariablesOf(definition, node, port),
  )
  return [...outputsOf(definition, node), ...blocks]
}
