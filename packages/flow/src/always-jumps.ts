import { execPortsOf, type NodeDefinition } from './definition.ts'
import type { FlowNode } from './flow.ts'
import type { Step } from './program.ts'

/** Whether every way through a step ends in a jump, where the blocks at these ports do. */
export function alwaysJumps(
  { node, definition }: Pick<Step, 'node' | 'definition'>,
  jumping: ReadonlySet<string>,
): boolean {
  if (definition === undefined || node.disabled === true) return false
  if (definition.jump !== undefined) return true
  return (
    definition.exec?.runsOne === true && waysOf(definition, node).every((way) => jumping.has(way))
  )
}

/** The exits of which just one is taken. */
function waysOf(definition: NodeDefinition, node: FlowNode): readonly string[] {
  return execPortsOf(definition, node).flatMap(({ id, block, isFinally }) =>
    block === undefined || isFinally ? [] : [id],
  )
}
