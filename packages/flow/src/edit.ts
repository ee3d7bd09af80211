import { newCase } from './cases.ts'
import {
  blockVariablesOf,
  continuePortOf,
  execPortsOf,
  outputsOf,
  type NodeDefinition,
  type Registry,
} from './definition.ts'
import type { Edge, Flow, FlowNode } from './flow.ts'
import { ownValue, replaceAt, type JsonValue } from './json.ts'
import { uniqueName } from './name.ts'
import { renameVariable } from './rename.ts'
import { tidyTags } from './tags.ts'

/**
 * Edits of a flow: pure functions from a flow to a flow. An edit never drops what it was not asked
 * to touch, and leaves a flow that `parseFlow` accepts.
 */

/** A node to add: its kind, and its place. */
export interface NewNode {
  readonly type: string
  /** The top left corner, in canvas pixels. */
  readonly position: readonly [number, number]
}

/** Adds a node with a free id, free names for the variables that it declares, and a first case. */
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
  const taken = namesIn(flow, registry)
  const properties: Record<string, JsonValue> = {}
  for (const [key, property] of Object.entries(definition?.properties ?? {})) {
    if (property.kind === 'cases') properties[key] = [{ ...newCase([]) }]
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

/** Every name that a variable of the flow has, wherever it is visible, or would be once connected. */
export function namesIn(flow: Flow, registry: Registry): Set<string> {
  const declared = flow.nodes.flatMap((node) => {
    const definition = registry.nodes.get(node.type)
    if (definition === undefined) return []
    const blocks = execPortsOf(definition, node).flatMap((port) =>
      blockVariablesOf(definition, node, port),
    )
    return [...outputsOf(definition, node), ...blocks]
  })
  return new Set([...(flow.variables ?? []), ...declared].map(({ name }) => name))
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
    if (to === edge.to) return [edge]
    const isDrawn = flow.edges.some(
      (other) =>
        other.to === to && other.from[0] === edge.from[0] && other.from[1] === edge.from[1],
    )
    return to === undefined || to === edge.from[0] || isDrawn ? [] : [{ ...edge, to }]
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

/** A new value of one property of one node. */
export interface PropertyEdit {
  readonly nodeId: string
  readonly key: string
  /** `undefined` clears the property, so that its default counts. */
  readonly value: JsonValue | undefined
}

/** A new binding at a place inside the value of a property, such as that of a parameter. */
export interface PropertyPartEdit {
  readonly nodeId: string
  readonly key: string
  readonly path: readonly (string | number)[]
  readonly value: JsonValue
}

/** Sets what stands at a place inside the value of a property. */
export function setPropertyPart(flow: Flow, { nodeId, key, path, value }: PropertyPartEdit): Flow {
  return updateNode(flow, nodeId, (node) => {
    const whole = ownValue(node.properties, key)
    if (whole === undefined) return node
    return { ...node, properties: { ...node.properties, [key]: replaceAt(whole, path, value) } }
  })
}

/**
 * Sets or clears a property. A new name for a variable renames every reference to it. Where the
 * property counts out exec-outs, the edges of those that go away go with them.
 */
export function setProperty(
  flow: Flow,
  registry: Registry,
  { nodeId, key, value }: PropertyEdit,
): Flow {
  const node = nodeOf(flow, nodeId)
  if (node === undefined) return flow
  const definition = registry.nodes.get(node.type)
  const property = ownValue(definition?.properties, key)
  const oldName = node.properties?.[key] ?? property?.default
  const newName = value ?? property?.default
  const renamed =
    property?.kind === 'variableName' && typeof oldName === 'string' && typeof newName === 'string'
      ? renameVariable(flow, registry, { nodeId, from: oldName, to: newName })
      : flow
  const changed = updateNode(renamed, nodeId, (current) => {
    const { [key]: _, ...others } = current.properties ?? {}
    const properties = value === undefined ? others : { ...current.properties, [key]: value }
    const { properties: __, ...rest } = current
    return Object.keys(properties).length === 0 ? rest : { ...rest, properties }
  })
  return definition === undefined ? changed : withoutLostEdges(changed, definition, node)
}

/** Drops the edges of exec-outs that a node had `before`, and has no more. */
function withoutLostEdges(flow: Flow, definition: NodeDefinition, before: FlowNode): Flow {
  const now = nodeOf(flow, before.id) ?? before
  const kept = new Set(execPortsOf(definition, now).map(({ id }) => id))
  const lost = new Set(
    execPortsOf(definition, before).flatMap(({ id }) => (kept.has(id) ? [] : [id])),
  )
  if (lost.size === 0) return flow
  const isLost = ({ from: [id, port] }: Edge) => id === before.id && lost.has(port)
  return { ...flow, edges: flow.edges.filter((edge) => !isLost(edge)) }
}

/** What every node has, whatever its kind. */
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

/** The whole pixel that a place is drawn at, within the canvas. */
export function toPixel(place: number): number {
  // Adding 0 makes 0 of -0, which JSON does not tell apart.
  return Math.round(Math.min(farthest, Math.max(-farthest, place))) + 0
}

/** What belongs to the flow as a whole. */
export type FlowFields = Partial<
  Pick<Flow, 'name' | 'description' | 'tags' | 'variables' | 'settings'>
>

/** Changes what belongs to the flow as a whole; what is empty clears a field, but no name. */
export function setFlowFields(flow: Flow, fields: FlowFields): Flow {
  const { description, tags = [], ...others } = { ...flow, ...fields }
  const tidy = tidyTags(tags)
  return {
    ...others,
    name: others.name || flow.name,
    ...(description ? { description } : {}),
    ...(tidy.length === 0 ? {} : { tags: tidy }),
  }
}

function nodeOf(flow: Flow, id: string): FlowNode | undefined {
  return flow.nodes.find((node) => node.id === id)
}

function updateNode(flow: Flow, id: string, update: (node: FlowNode) => FlowNode): Flow {
  return { ...flow, nodes: flow.nodes.map((node) => (node.id === id ? update(node) : node)) }
}
