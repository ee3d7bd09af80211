import {
  canonicalFlow,
  migrateNodes,
  type Flow,
  type FlowNode,
  type Registry,
} from '@millrace/flow'

/** Whether two documents run alike: what they are called and how they are laid out does not count. */
export function isSameProgram(left: Flow, right: Flow): boolean {
  return left === right || programOf(left) === programOf(right)
}

/**
 * What a run ran, as this editor knows its nodes. A node that is set as in the open flow is that very
 * object, so that nothing takes it for edited since.
 */
export function asRan(ran: Flow, open: Flow, registry: Registry): Flow {
  const flow = migrateNodes(ran, registry)
  const known = new Map(open.nodes.map((node) => [node.id, node]))
  return { ...flow, nodes: flow.nodes.map((node) => sharedWith(node, known.get(node.id))) }
}

function sharedWith(node: FlowNode, known: FlowNode | undefined): FlowNode {
  return known !== undefined && textOf(node) === textOf(known) ? known : node
}

function programOf(flow: Flow): string {
  const { nodes, edges, attachments, variables, settings } = canonicalFlow(flow)
  return textOf({ nodes, edges, attachments, variables, settings })
}

/** The order of the keys in a record says nothing. */
function textOf(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
}
