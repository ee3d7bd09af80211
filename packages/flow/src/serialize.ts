import type { Attachment, Edge, Flow, FlowNode } from './flow.ts'

/**
 * The one canonical text of a flow: fixed key order, two-space indent, nodes and edges in program
 * order, then loose nodes by id, a newline at the end. The same flow always gives the same bytes.
 * What is inside the value of a property is the designer's, and keeps the order of its keys.
 */
export function serializeFlow(flow: Flow): string {
  return `${JSON.stringify(canonicalFlow(flow), null, 2)}\n`
}

/** The flow with its parts in canonical order, and without empty optional parts. */
export function canonicalFlow(flow: Flow): Flow {
  const order = programOrder(flow)
  const rank = new Map(order.map((id, index) => [id, index]))
  const rankOf = (id: string) => rank.get(id) ?? order.length
  const attachments = flow.attachments?.toSorted(byAttachment) ?? []
  const positions = Object.entries(flow.layout?.nodes ?? {}).toSorted(
    ([left], [right]) => rankOf(left) - rankOf(right),
  )
  const notes = flow.layout?.notes ?? []
  return {
    ...(flow.$schema === undefined ? {} : { $schema: flow.$schema }),
    format: flow.format,
    version: flow.version,
    id: flow.id,
    name: flow.name,
    ...(flow.description === undefined ? {} : { description: flow.description }),
    ...(flow.variables === undefined || flow.variables.length === 0
      ? {}
      : {
          variables: flow.variables.map(({ name, type, value, description }) => ({
            name,
            type,
            ...(value === undefined ? {} : { value }),
            ...(description === undefined ? {} : { description }),
          })),
        }),
    nodes: flow.nodes
      .toSorted((left, right) => rankOf(left.id) - rankOf(right.id))
      .map(canonicalNode),
    edges: flow.edges
      .toSorted((left, right) => compareEdges(left, right, rankOf))
      .map(({ from, to }) => ({ from, to })),
    ...(attachments.length === 0
      ? {}
      : { attachments: attachments.map(({ host, resource }) => ({ host, resource })) }),
    ...(positions.length === 0 && notes.length === 0
      ? {}
      : {
          layout: {
            ...(positions.length === 0 ? {} : { nodes: Object.fromEntries(positions) }),
            ...(notes.length === 0
              ? {}
              : {
                  notes: notes.map(({ id, text, position, size }) => ({
                    id,
                    text,
                    position,
                    ...(size === undefined ? {} : { size }),
                  })),
                }),
          },
        }),
    ...canonicalSettings(flow),
  }
}

function canonicalSettings({ settings }: Flow): Pick<Flow, 'settings'> {
  const { onDisconnect, timeoutSeconds, trace } = settings ?? {}
  const set = {
    ...(onDisconnect === undefined ? {} : { onDisconnect }),
    ...(timeoutSeconds === undefined ? {} : { timeoutSeconds }),
    ...(trace === undefined ? {} : { trace }),
  }
  return Object.keys(set).length === 0 ? {} : { settings: set }
}

function canonicalNode(node: FlowNode): FlowNode {
  const { id, type, version, title, description, disabled, properties } = node
  return {
    id,
    type,
    ...(version === undefined ? {} : { version }),
    ...(title === undefined ? {} : { title }),
    ...(description === undefined ? {} : { description }),
    ...(disabled === undefined ? {} : { disabled }),
    ...(properties === undefined || Object.keys(properties).length === 0
      ? {}
      : {
          properties: Object.fromEntries(
            Object.entries(properties).toSorted(([left], [right]) => compare(left, right)),
          ),
        }),
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
  const ids = flow.nodes.map(({ id }) => id).toSorted(compare)
  const roots = ids.filter((id) => !hasEdgeIn.has(id) && edgesFrom.has(id))
  // What is still to be read, the next one last.
  const pending = roots.toReversed()
  while (pending.length > 0) {
    const id = pending.pop() ?? ''
    if (ordered.has(id)) continue
    ordered.add(id)
    const following = (edgesFrom.get(id) ?? []).toSorted(
      (left, right) => comparePorts(left.from[1], right.from[1]) || compare(left.to, right.to),
    )
    pending.push(...following.map(({ to }) => to).toReversed())
  }
  for (const id of ids) ordered.add(id)
  return [...ordered]
}

/** Sub-blocks by name, then the exit that goes on after the node. */
function comparePorts(left: string, right: string): number {
  const isLast = (port: string) => (port === 'continue' || port === 'next' ? 1 : 0)
  return isLast(left) - isLast(right) || compare(left, right)
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
    compare(left.host[0], right.host[0]) ||
    compare(left.host[1], right.host[1]) ||
    compare(left.resource, right.resource)
  )
}

/** By code units, so that the order is the same in every locale. */
function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0
}
