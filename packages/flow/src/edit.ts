import { isSet } from './binding.ts'
import {
  continuePortOf,
  execPortsOf,
  titleOf,
  type NodeDefinition,
  type Registry,
} from './definition.ts'
import type { Attachment, Edge, Flow, FlowNode } from './flow.ts'
import type { JsonValue } from './json.ts'
import { uniqueName } from './name.ts'
import { isHostOf } from './program.ts'
import { renameVariable } from './rename.ts'
import { scopesOf } from './scope.ts'

/**
 * Edits of a flow: pure functions from a flow to a flow. An edit never drops what it was not asked
 * to touch, and leaves a flow that `parseFlow` accepts.
 */

export interface NewNode {
  readonly type: string
  /** The top left corner, in canvas pixels. */
  readonly position: readonly [number, number]
}

/** Adds a node with a free id, and free names for the variables that it declares. */
export function addNode(
  flow: Flow,
  registry: Registry,
  { type, position }: NewNode,
): { readonly flow: Flow; readonly nodeId: string } {
  const definition = registry.nodes.get(type)
  const nodeId = uniqueName(
    type.slice(type.indexOf('.') + 1),
    new Set(flow.nodes.map(({ id }) => id)),
  )
  const taken = new Set(scopesOf(flow, registry).declared.map(({ name }) => name))
  const properties: Record<string, JsonValue> = {}
  for (const [key, property] of Object.entries(definition?.properties ?? {})) {
    if (property.kind !== 'variableName' || typeof property.default !== 'string') continue
    const name = uniqueName(property.default, taken)
    taken.add(name)
    properties[key] = name
  }
  const node: FlowNode = {
    id: nodeId,
    type,
    ...(definition === undefined || definition.version === 1
      ? {}
      : { version: definition.version }),
    ...(Object.keys(properties).length === 0 ? {} : { properties }),
  }
  const added = { ...flow, nodes: [...flow.nodes, node] }
  return { flow: moveNodes(added, new Map([[nodeId, position]])), nodeId }
}

/**
 * Removes nodes with their edges and attachments. What ran before a removed node and what ran after
 * it are connected again, where exactly that is possible.
 */
export function removeNodes(flow: Flow, registry: Registry, nodeIds: Iterable<string>): Flow {
  const removed = new Set(nodeIds)
  const isKept = (id: string) => !removed.has(id)
  const continuations = continuationsOf(flow, registry)
  const edges = flow.edges.flatMap((edge): Edge[] => {
    if (!isKept(edge.from[0])) return []
    const to = firstKept(edge.to, continuations, removed)
    return to === undefined || to === edge.from[0] ? [] : [{ ...edge, to }]
  })
  const positions = Object.entries(flow.layout?.nodes ?? {}).filter(([id]) => isKept(id))
  return {
    ...flow,
    nodes: flow.nodes.filter(({ id }) => isKept(id)),
    edges,
    ...(flow.attachments === undefined
      ? {}
      : {
          attachments: flow.attachments.filter(
            ({ host, resource }) => isKept(host[0]) && isKept(resource),
          ),
        }),
    ...(flow.layout === undefined
      ? {}
      : { layout: { ...flow.layout, nodes: Object.fromEntries(positions) } }),
  }
}

/** Which node comes after each, past its sub-blocks. */
function continuationsOf(flow: Flow, registry: Registry): ReadonlyMap<string, string> {
  const types = new Map(flow.nodes.map(({ id, type }) => [id, type]))
  const continuations = new Map<string, string>()
  for (const { from, to } of flow.edges) {
    const definition = registry.nodes.get(types.get(from[0]) ?? '')
    const isContinuation = definition !== undefined && continuePortOf(definition) === from[1]
    if (isContinuation && !continuations.has(from[0])) continuations.set(from[0], to)
  }
  return continuations
}

function firstKept(
  start: string,
  continuations: ReadonlyMap<string, string>,
  removed: ReadonlySet<string>,
): string | undefined {
  const seen = new Set<string>()
  let id: string | undefined = start
  while (id !== undefined && removed.has(id)) {
    if (seen.has(id)) return undefined
    seen.add(id)
    id = continuations.get(id)
  }
  return id
}

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

export function disconnect(flow: Flow, edge: Edge): Flow {
  return {
    ...flow,
    edges: flow.edges.filter(
      ({ from, to }) => !(from[0] === edge.from[0] && from[1] === edge.from[1] && to === edge.to),
    ),
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
  const port = registry.nodes.get(host.type)?.attachments?.[portId]
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
  const max = definition?.attachments?.[portId]?.max ?? 1
  const isSamePort = ({ host }: Attachment) => host[0] === hostId && host[1] === portId
  const others = detach(flow, attachment).attachments ?? []
  const atPort = others.filter(isSamePort)
  const leaving = new Set(atPort.slice(0, Math.max(0, atPort.length - max + 1)))
  return { ...flow, attachments: [...others.filter((one) => !leaving.has(one)), attachment] }
}

export function detach(flow: Flow, { host, resource }: Attachment): Flow {
  return {
    ...flow,
    attachments: (flow.attachments ?? []).filter(
      (one) => !(one.host[0] === host[0] && one.host[1] === host[1] && one.resource === resource),
    ),
  }
}

export interface PropertyEdit {
  readonly nodeId: string
  readonly key: string
  /** `undefined` clears the property, so that its default counts. */
  readonly value: JsonValue | undefined
}

/** Sets or clears a property. A new name for a variable renames every reference to it. */
export function setProperty(
  flow: Flow,
  registry: Registry,
  { nodeId, key, value }: PropertyEdit,
): Flow {
  const node = nodeOf(flow, nodeId)
  if (node === undefined) return flow
  const property = registry.nodes.get(node.type)?.properties[key]
  const oldName = node.properties?.[key] ?? property?.default
  const newName = value ?? property?.default
  const renamed =
    property?.kind === 'variableName' && typeof oldName === 'string' && typeof newName === 'string'
      ? renameVariable(flow, registry, { nodeId, from: oldName, to: newName })
      : flow
  return updateNode(renamed, nodeId, (current) => {
    const { [key]: _, ...others } = current.properties ?? {}
    const properties = value === undefined ? others : { ...current.properties, [key]: value }
    const { properties: __, ...rest } = current
    return Object.keys(properties).length === 0 ? rest : { ...rest, properties }
  })
}

export interface NodeFields {
  readonly title?: string
  readonly description?: string
  readonly disabled?: boolean
}

/** Changes what every node has; empty text and `false` clear a field. */
export function setNodeFields(flow: Flow, nodeId: string, fields: NodeFields): Flow {
  return updateNode(flow, nodeId, (node) => {
    const { title, description, disabled, ...rest } = { ...node, ...fields }
    return {
      ...rest,
      ...(title ? { title } : {}),
      ...(description ? { description } : {}),
      ...(disabled === true ? { disabled } : {}),
    }
  })
}

/** How far from the origin a node may stand, in canvas pixels. */
const farthest = 1_000_000

/** Sets the places of nodes on the canvas, rounded to whole pixels; of other ids, nothing. */
export function moveNodes(
  flow: Flow,
  positions: ReadonlyMap<string, readonly [number, number]>,
): Flow {
  const ids = new Set(flow.nodes.map(({ id }) => id))
  const moved = [...positions].flatMap(([id, [x, y]]) =>
    ids.has(id) && !Number.isNaN(x + y) ? [[id, [toPixel(x), toPixel(y)]] as const] : [],
  )
  return {
    ...flow,
    layout: { ...flow.layout, nodes: { ...flow.layout?.nodes, ...Object.fromEntries(moved) } },
  }
}

function toPixel(place: number): number {
  // Adding 0 makes 0 of -0, which JSON does not tell apart.
  return Math.round(Math.min(farthest, Math.max(-farthest, place))) + 0
}

export type FlowFields = Partial<Pick<Flow, 'name' | 'description' | 'variables' | 'settings'>>

/** Changes what belongs to the flow as a whole; empty text clears the description, and no name. */
export function setFlowFields(flow: Flow, fields: FlowFields): Flow {
  const { description, ...others } = { ...flow, ...fields }
  return { ...others, name: others.name || flow.name, ...(description ? { description } : {}) }
}

function nodeOf(flow: Flow, id: string): FlowNode | undefined {
  return flow.nodes.find((node) => node.id === id)
}

function updateNode(flow: Flow, id: string, update: (node: FlowNode) => FlowNode): Flow {
  return { ...flow, nodes: flow.nodes.map((node) => (node.id === id ? update(node) : node)) }
}

function leadsTo(flow: Flow, start: string, goal: string): boolean {
  const following = Map.groupBy(flow.edges, ({ from: [from] }) => from)
  const seen = new Set([start])
  for (const id of seen) {
    for (const { to } of following.get(id) ?? []) seen.add(to)
  }
  return seen.has(goal)
}

/** The connections that a flow names, by id; an import lists them. */
export function connectionsOf(
  flow: Flow,
  registry: Registry,
): ReadonlyMap<string, readonly string[]> {
  const named = new Map<string, readonly string[]>()
  for (const node of flow.nodes) {
    for (const [key, property] of Object.entries(registry.nodes.get(node.type)?.properties ?? {})) {
      const id = node.properties?.[key]
      if (property.kind === 'connection' && isSet(id) && typeof id === 'string') {
        named.set(id, property.kinds)
      }
    }
  }
  return named
}
