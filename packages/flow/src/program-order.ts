import type { Attachment, Edge, Flow, FlowNode } from './flow.ts'

/** The parts of a flow whose order in the document has no meaning, in the one order they are given. */
export interface OrderedParts {
  readonly nodes: readonly FlowNode[]
  readonly edges: readonly Edge[]
  readonly attachments: readonly Attachment[]
}

/**
 * Nodes and edges as the program reads, then loose nodes by id; attachments by host, port and
 * resource. So what is written, and what is found wrong, never depends on the order of a document.
 */
export function inProgramOrder(flow: Flow): OrderedParts {
  const order = programOrder(flow)
  const rank = new Map(order.map((id, index) => [id, index]))
  const rankOf = (id: string) => rank.get(id) ?? order.length
  return {
    nodes: flow.nodes.toSorted((left, right) => rankOf(left.id) - rankOf(right.id)),
    edges: flow.edges.toSorted((left, right) => compareEdges(left, right, rankOf)),
    attachments: (flow.attachments ?? []).toSorted(byAttachment),
  }
}

/**
 * Ids in the order in which the program reads: a node, its sub-blocks, then what comes after it.
 * Needs no definitions, so the text does not depend on which nodes are installed.
 */
function programOrder(flow: Flow): readonly string[] {
  const edgesFrom = Map.groupBy(flow.edges, ({ from: [from] }) => from)
  const hasEdgeIn = new Set(flow.edges.map(({ to }) => to))
  const ordered = new Set<string>()
  const ids = flow.nodes.map(({ id }) => id).toSorted(compareText)
  const roots = ids.filter((id) => !hasEdgeIn.has(id) && edgesFrom.has(id))
  // What is still to be read, the next one last.
  const pending = roots.toReversed()
  while (pending.length > 0) {
    const id = pending.pop() ?? ''
    if (ordered.has(id)) continue
    ordered.add(id)
    const following = (edgesFrom.get(id) ?? []).toSorted(
      (left, right) => comparePorts(left.from[1], right.from[1]) || compareText(left.to, right.to),
    )
    pending.push(...following.map(({ to }) => to).toReversed())
  }
  for (const id of ids) ordered.add(id)
  return [...ordered]
}

/** Sub-blocks by name, then the exit that goes on after the node. */
function comparePorts(left: string, right: string): number {
  const isLast = (port: string) => (port === 'continue' || port === 'next' ? 1 : 0)
  return isLast(left) - isLast(right) || compareText(left, right)
}

function compareEdges(left: Edge, right: Edge, rankOf: (id: string) => number): number {
  return (
    rankOf(left.from[0]) - rankOf(right.from[0]) ||
    comparePorts(left.from[1], right.from[1]) ||
    rankOf(left.to) - rankOf(right.to)
  )
}

function byAttachment(left: Attachment, right: Attachment): number {
  return (
    compareText(left.host[0], right.host[0]) ||
    compareText(left.host[1], right.host[1]) ||
    compareText(left.resource, right.resource)
  )
}

/** By code units, so that the order is the same in every locale. */
export function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0
}
