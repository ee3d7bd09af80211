import type { Edge, Flow, Registry } from '@millrace/flow'
import type { ElkNode, ElkPort } from 'elkjs/lib/elk-api.js'
import { execInId, execOutId } from '../card-layout.ts'
import { frameInset, noteIdOf } from '../notes.ts'
import type { Cluster } from './clusters.ts'
import { outermost, type Frames } from './frames.ts'
import { rowBreaks } from './rows.ts'

/** A piece of a flow that is laid out by itself: what its edges and frames hold together. */
export interface Part {
  /** What elk lays out: clusters by their hosts' ids, in frames by theirs. */
  readonly graph: ElkNode
  /** `loose` is a single card that no edge leads to or from, `note` one that stands by itself. */
  readonly kind: 'chain' | 'loose' | 'note'
}

/** Between the cards of a part, in canvas pixels. */
export const spacing = { across: 80, down: 48 } as const

const spacings = {
  'elk.spacing.nodeNode': String(spacing.down),
  'elk.layered.spacing.nodeNodeBetweenLayers': String(spacing.across),
}

const options = {
  ...spacings,
  'elk.algorithm': 'layered',
  'elk.direction': 'RIGHT',
  'elk.hierarchyHandling': 'INCLUDE_CHILDREN',
  'elk.separateConnectedComponents': 'false',
  // The other ways to route set steep edges' cards further apart, and the columns no longer line up.
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
  'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
}

const { side, top } = frameInset
/** A frame inherits no spacing. The order of the model it must not be told: elk then fails on some edges into it. */
const frameOptions = {
  ...spacings,
  'elk.padding': `[top=${top},left=${side},bottom=${side},right=${side}]`,
}

/** The parts of a flow in the order in which they are read. `around` says what lies in which frame. */
export function partsOf(
  flow: Flow,
  registry: Registry,
  { clusters, around }: { readonly clusters: readonly Cluster[]; readonly around: Frames },
): readonly Part[] {
  const isWhole = ({ from, to }: Edge) => {
    const frame = outermost(around, from[0])
    return frame !== undefined && frame === outermost(around, to)
  }
  const breaks = rowBreaks(flow, registry, isWhole)
  const edges = flow.edges.filter((edge) => !breaks.has(edge))
  const wired = new Set(flow.edges.flatMap(({ from, to }) => [from[0], to]))
  const groupOf = joined(clusters, [
    ...edges.map(({ from, to }) => [from[0], to] as const),
    ...clusters.flatMap(({ hostId }) => {
      const frame = outermost(around, hostId)
      return frame === undefined ? [] : [[frame, hostId] as const]
    }),
  ])
  const groups = Map.groupBy(clusters, ({ hostId }) => groupOf(hostId))
  return [...groups.values()].map((members): Part => {
    const [first] = members
    const isAlone = members.length === 1 && first !== undefined && !around.has(first.hostId)
    const kind = !isAlone || wired.has(first.hostId) ? 'chain' : 'loose'
    const inside = new Set(members.map(({ hostId }) => hostId))
    const graph = graphOf(
      members,
      edges.filter(({ from, to }) => inside.has(from[0]) && inside.has(to)),
      around,
    )
    return { graph, kind: kind === 'loose' && isNote(first) ? 'note' : kind }
  })
}

function isNote(cluster: Cluster | undefined): boolean {
  return noteIdOf(cluster?.hostId ?? '') !== undefined
}

/** Names the group of each cluster: those that links join have one name. */
function joined(
  clusters: readonly Cluster[],
  links: readonly (readonly [string, string])[],
): (hostId: string) => string {
  const parents = new Map<string, string>()
  const rootOf = (id: string): string => {
    let root = id
    for (let up = parents.get(root); up !== undefined; up = parents.get(root)) root = up
    return root
  }
  for (const [left, right] of links) {
    const [from, to] = [rootOf(right), rootOf(left)]
    if (from !== to) parents.set(from, to)
  }
  const names = new Map(clusters.map(({ hostId }) => [hostId, rootOf(hostId)]))
  return (hostId) => names.get(hostId) ?? hostId
}

function graphOf(members: readonly Cluster[], edges: readonly Edge[], around: Frames): ElkNode {
  const root: ElkNode = { id: 'part', layoutOptions: options, children: [] }
  const frames = new Map<string, ElkNode>()
  for (const cluster of members) childrenIn(around.get(cluster.hostId)).push(nodeOf(cluster))
  root.edges = edges.map((edge) => ({
    id: `${edge.from[0]} ${edge.from[1]}`,
    sources: [portId(edge.from[0], execOutId(edge.from[1]))],
    targets: [portId(edge.to, execInId)],
    // What follows goes down from the first exit, never up: so nothing stands above the start of a row.
    ...(isFirstExit(edge, members) ? { layoutOptions: straight } : {}),
  }))
  return root

  function childrenIn(frameId: string | undefined): ElkNode[] {
    if (frameId === undefined) return (root.children ??= [])
    let frame = frames.get(frameId)
    if (frame === undefined) {
      frame = { id: frameId, layoutOptions: frameOptions, children: [] }
      frames.set(frameId, frame)
      childrenIn(around.get(frameId)).push(frame)
    }
    return (frame.children ??= [])
  }
}

const straight = { 'elk.layered.priority.straightness': '10' }

function isFirstExit({ from }: Edge, members: readonly Cluster[]): boolean {
  const host = members.find(({ hostId }) => hostId === from[0])
  const exits = (host?.layout?.ports ?? []).filter(
    ({ kind, direction }) => kind === 'exec' && direction === 'out',
  )
  return exits[0]?.id === execOutId(from[1])
}

/** A cluster as elk takes it: its host's ports stand where they are on the card. */
function nodeOf({ hostId, layout, width, height, boxes }: Cluster): ElkNode {
  const host = boxes.get(hostId)
  const ports = (layout?.ports ?? []).filter(({ kind }) => kind === 'exec')
  return {
    id: hostId,
    width,
    height,
    layoutOptions: { 'elk.portConstraints': 'FIXED_POS' },
    ports: ports.map(({ id, direction, y }): ElkPort => ({
      id: portId(hostId, id),
      x: direction === 'in' ? 0 : width,
      y: (host?.y ?? 0) + y,
      width: 0,
      height: 0,
      layoutOptions: { 'elk.port.side': direction === 'in' ? 'WEST' : 'EAST' },
    })),
  }
}

function portId(nodeId: string, port: string): string {
  return `${nodeId} ${port}`
}
