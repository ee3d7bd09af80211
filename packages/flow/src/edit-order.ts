import { continuePortOf, type Registry } from './definition.ts'
import { moveNodes } from './edit.ts'
import type { Edge, Flow } from './flow.ts'

/** Edits of the order in which the statements of a block run. */

/** Where a statement is moved to: by one place in its block. */
export interface StatementMove {
  readonly nodeId: string
  readonly to: 'before' | 'after'
}

/**
 * Moves a statement before the one it follows, or after the one that follows it, each with its blocks
 * and all that is attached to it. A flow where that is not possible stays as it is.
 */
export function moveStatement(flow: Flow, registry: Registry, { nodeId, to }: StatementMove): Flow {
  const between =
    to === 'before' ? edgeBefore(flow, registry, nodeId) : edgeAfter(flow, registry, nodeId)
  return between === undefined ? flow : swapEnds(flow, registry, between)
}

/** Lets the two ends of an edge run in the other order. */
function swapEnds(flow: Flow, registry: Registry, between: Edge): Flow {
  const {
    from: [upper, upperPort],
    to: lower,
  } = between
  const lowerPort = continueOf(flow, registry, lower)
  const isStart = registry.nodes.get(typeOf(flow, upper))?.exec?.in !== true
  if (lowerPort === undefined || isStart) return flow
  const edges = flow.edges.map((edge): Edge => {
    if (edge === between) return { from: [lower, lowerPort], to: upper }
    if (edge.to === upper) return { ...edge, to: lower }
    const isAfter = edge.from[0] === lower && edge.from[1] === lowerPort
    return isAfter ? { ...edge, from: [upper, upperPort] } : edge
  })
  return swapPlaces({ ...flow, edges }, registry, [upper, lower])
}

/** The edge of the same block that leads to a node: no edge into a block counts. */
function edgeBefore(flow: Flow, registry: Registry, nodeId: string): Edge | undefined {
  const edge = flow.edges.find(({ to }) => to === nodeId)
  return edge !== undefined && continueOf(flow, registry, edge.from[0]) === edge.from[1]
    ? edge
    : undefined
}

function edgeAfter(flow: Flow, registry: Registry, nodeId: string): Edge | undefined {
  const port = continueOf(flow, registry, nodeId)
  return flow.edges.find(({ from }) => from[0] === nodeId && from[1] === port)
}

/** Each takes the other's corner, and takes along what it owns. */
function swapPlaces(
  flow: Flow,
  registry: Registry,
  [left, right]: readonly [string, string],
): Flow {
  const places = flow.layout?.nodes ?? {}
  const from = places[left]
  const to = places[right]
  if (from === undefined || to === undefined) return flow
  const [x, y] = [to[0] - from[0], to[1] - from[1]]
  const shift = (owner: string, sign: 1 | -1) =>
    [...ownedBy(flow, registry, owner)].flatMap((id) => {
      const place = places[id]
      return place === undefined ? [] : [[id, [place[0] + sign * x, place[1] + sign * y]] as const]
    })
  return moveNodes(flow, new Map([...shift(left, 1), ...shift(right, -1)]))
}

/** A node with the nodes of its blocks and all resources of these, not what comes after it. */
function ownedBy(flow: Flow, registry: Registry, nodeId: string): ReadonlySet<string> {
  const continuePort = continueOf(flow, registry, nodeId)
  const owned = new Set([nodeId])
  // A set gives what is added while it is gone through.
  for (const id of owned) {
    for (const { from, to } of flow.edges) {
      if (from[0] === id && !(id === nodeId && from[1] === continuePort)) owned.add(to)
    }
    for (const { host, resource } of flow.attachments ?? []) if (host[0] === id) owned.add(resource)
  }
  return owned
}

function continueOf(flow: Flow, registry: Registry, nodeId: string): string | undefined {
  const definition = registry.nodes.get(typeOf(flow, nodeId))
  return definition && continuePortOf(definition)
}

function typeOf(flow: Flow, nodeId: string): string {
  return flow.nodes.find(({ id }) => id === nodeId)?.type ?? ''
}
