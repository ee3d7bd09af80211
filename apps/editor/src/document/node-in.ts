import type { Flow, FlowNode } from '@millrace/flow'

const nodesByFlow = new WeakMap<Flow, ReadonlyMap<string, FlowNode>>()

/** A node of a flow by its id, for what asks again and again. */
export function nodeIn(flow: Flow | undefined, nodeId: string): FlowNode | undefined {
  if (flow === undefined) return undefined
  const nodes = nodesByFlow.get(flow) ?? new Map(flow.nodes.map((node) => [node.id, node]))
  nodesByFlow.set(flow, nodes)
  return nodes.get(nodeId)
}
