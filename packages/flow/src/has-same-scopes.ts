import { blockVariablesOf, execPortsOf, outputsOf, type Registry } from './definition.ts'
import type { Flow, FlowNode } from './flow.ts'
import type { FlowScopes } from './scope.ts'
import { typeOfBinding } from './type-of-binding.ts'

/** A state of a flow, with its scopes. */
export interface ScopedFlow {
  readonly flow: Flow
  readonly scopes: FlowScopes
}

/**
 * Whether a flow has the scopes of its state before, without working them out anew: so it is while
 * only what nodes are given has changed, as it does when somebody types. What others can see of a
 * node is its name, its exits and what it declares.
 */
export function hasSameScopes(before: ScopedFlow, flow: Flow, registry: Registry): boolean {
  return (
    before.flow.edges === flow.edges &&
    before.flow.attachments === flow.attachments &&
    before.flow.variables === flow.variables &&
    before.flow.nodes.length === flow.nodes.length &&
    flow.nodes.every((node, index) => {
      const known = before.flow.nodes[index]
      return (
        known !== undefined && (known === node || looksTheSame(known, node, { before, registry }))
      )
    })
  )
}

function looksTheSame(
  before: FlowNode,
  after: FlowNode,
  { before: { scopes }, registry }: { readonly before: ScopedFlow; readonly registry: Registry },
): boolean {
  const isOtherwiseSame =
    before.id === after.id &&
    before.type === after.type &&
    before.title === after.title &&
    before.disabled === after.disabled
  if (!isOtherwiseSame) return false
  const visible = scopes.visibleAt(after.id)
  const outside = (node: FlowNode) => {
    const definition = registry.nodes.get(node.type)
    if (definition === undefined) return []
    const typeOf = (key: string) => typeOfBinding(node.properties?.[key], visible)
    const exits = execPortsOf(definition, node)
    const blocks = exits.map((port) => blockVariablesOf(definition, node, port, typeOf))
    return [exits, blocks, outputsOf(definition, node, typeOf)]
  }
  return JSON.stringify(outside(before)) === JSON.stringify(outside(after))
}
