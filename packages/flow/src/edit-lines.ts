import { continuePortIn } from './branch.ts'
import { execPortsOf, titleOf, type NodeDefinition, type Registry } from './definition.ts'
import type { Attachment, Edge, Flow, FlowNode } from './flow.ts'
import { ownValue } from './json.ts'
import { isHostOf } from './program.ts'

/** Edits of the lines between nodes: of edges, and of what attaches resources to their hosts. */

/** Why an edge cannot be drawn, as a sentence for the designer; `undefined` when it can. */
export function whyNotConnect(flow: Flow, registry: Registry, edge: Edge): string | undefined {
  const [fromId, port] = edge.from
  const source = nodeOf(flow, fromId)
  const target = nodeOf(flow, edge.to)
  if (source === undefined || target === undefined) return 'One of the nodes is gone.'
  if (fromId === edge.to) return 'A node cannot follow itself.'
  const sourceDefinition = registry.nodes.get(source.type)
  const targetDefinition = registry.nodes.get(target.type)
  if (
    sourceDefinition !== undefined &&
    !execPortsOf(sourceDefinition, source).some(({ id }) => id === port)
  ) {
    return `"${titleOf(source, sourceDefinition)}" has no such exit.`
  }
  if (targetDefinition?.kind === 'trigger') return 'A trigger starts the flow; nothing leads to it.'
  if (targetDefinition?.kind === 'resource') {
    return `"${titleOf(target, targetDefinition)}" is attached to a node at its bottom, it does not run by itself.`
  }
  if (leadsTo(flow, edge.to, fromId)) {
    return 'This would run in a circle. To repeat something, take a loop node.'
  }
  return undefined
}

/** Draws an edge; one that stood at the same exit, or led to the same node, gives way. */
export function connect(flow: Flow, registry: Registry, edge: Edge): Flow {
  if (whyNotConnect(flow, registry, edge) !== undefined) return flow
  const kept = flow.edges.filter(
    ({ from, to }) => to !== edge.to && !(from[0] === edge.from[0] && from[1] === edge.from[1]),
  )
  return { ...flow, edges: [...kept, edge] }
}

/** A node to put in at an exit, or a chain that runs from one node to another. */
export interface Insertion {
  readonly nodeId: string
  /** The end of the chain; the node itself when not given. */
  readonly lastId?: string
  readonly exit: Edge['from']
}

/** Puts what runs at an exit after a node, or after a chain of nodes, and that at the exit. */
export function insertAt(
  flow: Flow,
  registry: Registry,
  { nodeId, lastId = nodeId, exit }: Insertion,
): Flow {
  if (whyNotConnect(flow, registry, { from: exit, to: nodeId }) !== undefined) return flow
  const following = flow.edges.find(({ from }) => from[0] === exit[0] && from[1] === exit[1])?.to
  const led = connect(flow, registry, { from: exit, to: nodeId })
  const port = continuePortIn(flow, registry, lastId)
  if (port === undefined || following === undefined || following === nodeId) return led
  return connect(led, registry, { from: [lastId, port], to: following })
}

/** Takes an edge away, by its ends; a flow without it stays as it is. */
export function disconnect(flow: Flow, edge: Edge): Flow {
  return {
    ...flow,
    edges: flow.edges.filter(
      ({ from, to }) => !(from[0] === edge.from[0] && from[1] === edge.from[1] && to === edge.to),
    ),
  }
}

/** Takes away every edge that leads to one of the nodes or from it: nothing runs before or after them. */
export function isolateNodes(flow: Flow, nodeIds: Iterable<string>): Flow {
  const isolated = new Set(nodeIds)
  return {
    ...flow,
    edges: flow.edges.filter(({ from, to }) => !isolated.has(from[0]) && !isolated.has(to)),
  }
}

/** Why a resource cannot be attached, as a sentence for the designer; `undefined` when it can. */
export function whyNotAttach(
  flow: Flow,
  registry: Registry,
  { host: [hostId, portId], resource }: Attachment,
): string | undefined {
  const host = nodeOf(flow, hostId)
  const resourceNode = nodeOf(flow, resource)
  if (host === undefined || resourceNode === undefined) return 'One of the nodes is gone.'
  const definition = registry.nodes.get(resourceNode.type)
  const port = ownValue(registry.nodes.get(host.type)?.attachments, portId)
  if (port === undefined || definition?.provides !== port.accepts) {
    return `"${titleOf(resourceNode, definition)}" does not fit here.`
  }
  if (hostId === resource) return 'A node cannot be attached to itself.'
  if (
    isHostOf(
      Map.groupBy(flow.attachments ?? [], (one) => one.resource),
      resource,
      hostId,
    )
  ) {
    return `"${titleOf(resourceNode, definition)}" has this node attached to it already.`
  }
  return undefined
}

/** Attaches a resource; at a full port the oldest gives way. */
export function attach(flow: Flow, registry: Registry, attachment: Attachment): Flow {
  if (whyNotAttach(flow, registry, attachment) !== undefined) return flow
  const [hostId, portId] = attachment.host
  const definition: NodeDefinition | undefined = registry.nodes.get(
    nodeOf(flow, hostId)?.type ?? '',
  )
  const max = ownValue(definition?.attachments, portId)?.max ?? 1
  const isSamePort = ({ host }: Attachment) => host[0] === hostId && host[1] === portId
  const others = detach(flow, attachment).attachments ?? []
  const atPort = others.filter(isSamePort)
  const leaving = new Set(atPort.slice(0, Math.max(0, atPort.length - max + 1)))
  return { ...flow, attachments: [...others.filter((one) => !leaving.has(one)), attachment] }
}

/** Takes an attachment away, by its ends; the resource stays in the flow. */
export function detach(flow: Flow, { host, resource }: Attachment): Flow {
  return {
    ...flow,
    attachments: (flow.attachments ?? []).filter(
      (one) => !(one.host[0] === host[0] && one.host[1] === host[1] && one.resource === resource),
    ),
  }
}

function nodeOf(flow: Flow, id: string): FlowNode | undefined {
  return flow.nodes.find((node) => node.id === id)
}

function leadsTo(flow: Flow, start: string, goal: string): boolean {
  const following = Map.groupBy(flow.edges, ({ from: [from] }) => from)
  const seen = new Set([start])
  for (const id of seen) {
    for (const { to } of following.get(id) ?? []) seen.add(to)
  }
  return seen.has(goal)
}
