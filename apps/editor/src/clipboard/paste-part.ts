import {
  attach,
  blockVariablesOf,
  chainFrom,
  execPortsOf,
  insertAt,
  moveNodes,
  outputsOf,
  renameFlowVariable,
  scopesOf,
  setProperty,
  uniqueName,
  type Flow,
  type FlowVariable,
  type Registry,
} from '@millrace/flow'
import { snap, type Point } from '../canvas/placement.ts'
import type { CopiedPart, Incoming } from './copied-part.ts'

export interface PasteOptions {
  /** Where the corner of what is pasted goes, from the corner that it had. */
  readonly place: (corner: Point) => Point
  /** `incoming` also leads to the copies what led to the nodes that were copied from this flow. */
  readonly edges: 'inner' | 'incoming'
}

/** What was pasted, by the ids that it has now. */
export interface Pasted {
  readonly flow: Flow
  readonly nodeIds: readonly string[]
  /** The ids of the same nodes in what was copied, by those. */
  readonly copiedIds: ReadonlyMap<string, string>
  readonly noteIds: readonly string[]
  /** The flow variables that came along. */
  readonly variables: readonly string[]
}

/**
 * Puts what was copied into a flow, with free ids and free names of variables; what refers to them
 * follows. Flow variables that it uses come along where the flow has none of that name and type.
 */
export function pastePart(
  flow: Flow,
  registry: Registry,
  { flow: copied, incoming }: CopiedPart,
  { place, edges }: PasteOptions,
): Pasted {
  const named = withFreeVariables(withFreeNames(copied, registry, flow), registry, flow)
  const ids = freeIds(named.nodes, flow.nodes)
  const part = withIds(named, ids)
  const noteIds = freeIds(part.layout?.notes ?? [], flow.layout?.notes ?? [])
  const known = new Set((flow.variables ?? []).map(({ name }) => name))
  const variables = (part.variables ?? []).filter(({ name }) => !known.has(name))
  const by = stepOf(part, place)
  const notes = (part.layout?.notes ?? []).map((note) => ({
    ...note,
    id: noteIds.get(note.id) ?? note.id,
    position: [note.position[0] + by[0], note.position[1] + by[1]] as const,
  }))
  const merged: Flow = {
    ...flow,
    nodes: [...flow.nodes, ...part.nodes],
    edges: [...flow.edges, ...part.edges],
    ...(part.attachments === undefined
      ? {}
      : { attachments: [...(flow.attachments ?? []), ...part.attachments] }),
    ...(variables.length === 0 ? {} : { variables: [...(flow.variables ?? []), ...variables] }),
    ...(notes.length === 0
      ? {}
      : { layout: { ...flow.layout, notes: [...(flow.layout?.notes ?? []), ...notes] } }),
  }
  const moved = moveNodes(merged, placesOf(part, by))
  const isHere = edges === 'incoming' && copied.id === flow.id
  return {
    flow: isHere ? withIncoming(moved, registry, incoming, ids) : moved,
    nodeIds: part.nodes.map(({ id }) => id),
    copiedIds: new Map([...ids].map(([copied, pasted]) => [pasted, copied])),
    noteIds: [...noteIds.values()],
    variables: variables.map(({ name }) => name),
  }
}

function withFreeNames(part: Flow, registry: Registry, target: Flow): Flow {
  const taken = new Set(scopesOf(target, registry).declared.map(({ name }) => name))
  return part.nodes.reduce((current, node) => {
    const definition = registry.nodes.get(node.type)
    if (definition === undefined) return current
    const declared = [
      ...outputsOf(definition, node),
      ...execPortsOf(definition, node).flatMap((port) => blockVariablesOf(definition, node, port)),
    ]
    return declared.reduce((renamed, { name, nameFrom }) => {
      const free = uniqueName(name, taken)
      taken.add(free)
      // Written also when it is the default's, so that the flow does not depend on that.
      return setProperty(renamed, registry, { nodeId: node.id, key: nameFrom, value: free })
    }, current)
  }, part)
}

/** A flow variable whose name means something else here gets a free one. */
function withFreeVariables(part: Flow, registry: Registry, target: Flow): Flow {
  const declared = scopesOf(target, registry).declared
  const own = scopesOf(part, registry).declared
  const taken = new Set([...declared, ...own].map(({ name }) => name))
  const isTheSame = ({ name, type }: FlowVariable) =>
    target.variables?.some((one) => one.name === name && one.type === type) ?? false
  return (part.variables ?? [])
    .filter(
      (variable) => !isTheSame(variable) && declared.some(({ name }) => name === variable.name),
    )
    .reduce((current, { name }) => {
      const free = uniqueName(name, taken)
      taken.add(free)
      return renameFlowVariable(current, registry, { from: name, to: free })
    }, part)
}

interface Named {
  readonly id: string
}

/** A free id for each, by the one that it had. */
function freeIds(items: readonly Named[], others: readonly Named[]): ReadonlyMap<string, string> {
  const taken = new Set(others.map(({ id }) => id))
  return new Map(
    items.map(({ id }) => {
      const free = uniqueName(id, taken)
      taken.add(free)
      return [id, free]
    }),
  )
}

function withIds(part: Flow, ids: ReadonlyMap<string, string>): Flow {
  const free = (id: string) => ids.get(id) ?? id
  return {
    ...part,
    nodes: part.nodes.map((node) => ({ ...node, id: free(node.id) })),
    edges: part.edges.map(({ from, to }) => ({ from: [free(from[0]), from[1]], to: free(to) })),
    ...(part.attachments === undefined
      ? {}
      : {
          attachments: part.attachments.map(({ host, resource }) => ({
            host: [free(host[0]), host[1]],
            resource: free(resource),
          })),
        }),
    layout: {
      ...part.layout,
      nodes: Object.fromEntries(
        Object.entries(part.layout?.nodes ?? {}).map(([id, place]) => [free(id), place]),
      ),
    },
  }
}

/** Leads to the copies what led to the nodes: they run right after it, then what ran there. */
function withIncoming(
  flow: Flow,
  registry: Registry,
  incoming: Incoming,
  ids: ReadonlyMap<string, string>,
): Flow {
  const led = incoming.edges.reduce((current, { from, to }) => {
    const nodeId = ids.get(to) ?? to
    const lastId = chainFrom(current, registry, nodeId).at(-1) ?? nodeId
    return insertAt(current, registry, { nodeId, lastId, exit: from })
  }, flow)
  return incoming.attachments.reduce(
    (current, { host: [hostId, port], resource }) =>
      attach(current, registry, { host: [ids.get(hostId) ?? hostId, port], resource }),
    led,
  )
}

/** How far all that is pasted moves. */
function stepOf(part: Flow, place: (corner: Point) => Point): Point {
  const corners = [
    ...part.nodes.map(({ id }) => part.layout?.nodes?.[id] ?? ([0, 0] as const)),
    ...(part.layout?.notes ?? []).map(({ position }) => position),
  ]
  const left = Math.min(...corners.map(([x]) => x))
  const top = Math.min(...corners.map(([, y]) => y))
  const [x, y] = snap(place([left, top]))
  return [x - left, y - top]
}

function placesOf(part: Flow, [dx, dy]: Point): ReadonlyMap<string, Point> {
  return new Map(
    part.nodes.map(({ id }) => {
      const [x, y] = part.layout?.nodes?.[id] ?? [0, 0]
      return [id, [x + dx, y + dy] as const]
    }),
  )
}
