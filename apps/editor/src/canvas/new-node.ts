import {
  addNode,
  attach,
  connect,
  continuePortIn,
  execPortsOf,
  insertAt,
  moveNodes,
  type Edge,
  type Flow,
  type NodeDefinition,
  type Registry,
} from '@millrace/flow'
import type { PickerOrigin } from '../session/opened.ts'
import { cardChoices } from './card-choices.ts'
import { attachInId, cardMeasures, execInId, layOutCard, type CardLayout } from './card-layout.ts'
import { attachmentPortFor } from './node-picker.ts'
import { originBeside } from './origin-beside.ts'
import {
  boxesOf,
  cornerForWire,
  freePlace,
  gap,
  overlaps,
  snap,
  type Box,
  type Point,
} from './placement.ts'
import { readPort } from './wiring.ts'

/** A node that is wanted: of which type, wired to what, and where. */
export interface WantedNode {
  readonly definition: NodeDefinition
  readonly origin: PickerOrigin
  /** The middle of the window, for a node that is wanted nowhere in particular. */
  readonly centre: Point
  /** The node beside which it then stands instead. */
  readonly besideId: string | undefined
}

/** Adds a node, placed and wired as its origin says; wanted nowhere, beside the selected one and wired to it. */
export function insertNode(
  flow: Flow,
  registry: Registry,
  given: WantedNode,
): { readonly flow: Flow; readonly nodeId: string } {
  const { definition, besideId } = given
  const isNowhere = Object.keys(given.origin).length === 0
  const origin =
    isNowhere && besideId !== undefined
      ? originBeside(flow, registry, { besideId, definition })
      : given.origin
  const wanted = { ...given, origin }
  const position = placeFor(flow, registry, wanted)
  const added = addNode(flow, registry, { type: wanted.definition.type, position })
  return { ...added, flow: wireNew(added.flow, registry, { ...wanted, nodeId: added.nodeId }) }
}

/** Puts a node into an edge, beside the one before it, and moves what follows out of its way. */
export function spliceNode(flow: Flow, registry: Registry, splice: Splice): Flow {
  const { nodeId, edge } = splice
  if (continuePortIn(flow, registry, nodeId) === undefined) return flow
  const inserted = insertAt(clearOfBefore(flow, registry, splice), registry, {
    nodeId,
    exit: edge.from,
  })
  return makeRoom(inserted, registry, splice)
}

interface Splice {
  readonly nodeId: string
  readonly edge: Edge
}

interface NewNodeWanted extends WantedNode {
  readonly nodeId: string
}

function wireNew(flow: Flow, registry: Registry, wanted: NewNodeWanted): Flow {
  const { nodeId, origin } = wanted
  if (origin.splice !== undefined) {
    return spliceNode(flow, registry, { nodeId, edge: origin.splice })
  }
  if (origin.from !== undefined) return wireFrom(flow, registry, wanted, origin.from)
  return origin.to === undefined ? flow : wireTo(flow, registry, wanted, origin.to)
}

/** A wire from an out-port ends at the new node; what ran at the exit runs after it. */
function wireFrom(
  flow: Flow,
  registry: Registry,
  { nodeId }: NewNodeWanted,
  [fromId, portId]: readonly [string, string],
): Flow {
  const port = readPort(portId)
  if (port.kind === 'attach') {
    return attach(flow, registry, { host: [fromId, port.key], resource: nodeId })
  }
  if (port.kind === 'exec') return insertAt(flow, registry, { nodeId, exit: [fromId, port.key] })
  const exit = continuePortIn(flow, registry, fromId)
  const running =
    exit === undefined ? flow : insertAt(flow, registry, { nodeId, exit: [fromId, exit] })
  const drop = { end: { nodeId: fromId, portId }, nodeId }
  return cardChoices(running, registry, drop)[0]?.apply(running) ?? running
}

/** A wire that was drawn backwards, from an in-port, begins at the new node. */
function wireTo(
  flow: Flow,
  registry: Registry,
  { nodeId, definition }: NewNodeWanted,
  [toId, portId]: readonly [string, string],
): Flow {
  const port = readPort(portId)
  if (port.kind === 'attach-in') {
    const resource = flow.nodes.find(({ id }) => id === toId)
    const key = attachmentPortFor(definition, registry.nodes.get(resource?.type ?? '')?.provides)
    return key === undefined
      ? flow
      : attach(flow, registry, { host: [nodeId, key], resource: toId })
  }
  const host = flow.attachments?.find(({ resource }) => resource === toId)?.host[0]
  const running = runBefore(flow, registry, { nodeId, followerId: host ?? toId })
  if (port.kind === 'exec-in') return running
  const drop = { end: { nodeId: toId, portId }, nodeId }
  return cardChoices(running, registry, drop)[0]?.apply(running) ?? running
}

/** Leads from a node to the one that shall follow, and to the node what led there. */
function runBefore(
  flow: Flow,
  registry: Registry,
  { nodeId, followerId }: { readonly nodeId: string; readonly followerId: string },
): Flow {
  const edge = flow.edges.find(({ to }) => to === followerId)
  if (edge !== undefined && continuePortIn(flow, registry, nodeId) !== undefined) {
    return insertAt(flow, registry, { nodeId, exit: edge.from })
  }
  const node = flow.nodes.find(({ id }) => id === nodeId)
  const definition = registry.nodes.get(node?.type ?? '')
  const port =
    continuePortIn(flow, registry, nodeId) ??
    (node && definition && execPortsOf(definition, node)[0]?.id)
  return port === undefined
    ? flow
    : connect(flow, registry, { from: [nodeId, port], to: followerId })
}

/** Takes a node that was dropped on the one before it to where it belongs in the edge. */
function clearOfBefore(flow: Flow, registry: Registry, { nodeId, edge }: Splice): Flow {
  const boxes = boxesOf(flow, registry)
  const own = boxes.get(nodeId)
  const [before, after] = [boxes.get(edge.from[0]), boxes.get(edge.to)]
  if (own === undefined || before === undefined || after === undefined) return flow
  if (!overlaps(own, before)) return flow
  return moveNodes(flow, new Map([[nodeId, cornerBetween(before, after)]]))
}

/** Moves what runs after a spliced-in node to the right until it no longer stands in its way. */
function makeRoom(flow: Flow, registry: Registry, { nodeId, edge }: Splice): Flow {
  const boxes = boxesOf(flow, registry)
  const own = boxes.get(nodeId)
  const [before, after] = [boxes.get(edge.from[0]), boxes.get(edge.to)]
  if (own === undefined || before === undefined || after === undefined) return flow
  if (startsRow(before, after) && !overlaps(own, after)) return flow
  const shift = snap([own.x + own.width + gap.x - after.x, 0])[0]
  if (shift <= 0) return flow
  const places = flow.layout?.nodes ?? {}
  const moved = [...followersOf(flow, edge.to)].map((id) => {
    const [left, top] = places[id] ?? [0, 0]
    return [id, [left + shift, top]] as const
  })
  return moveNodes(flow, new Map(moved))
}

/** Where a node between two others goes: right of the first, or where the second starts a row. */
function cornerBetween(before: Box, after: Box): Point {
  const x = startsRow(before, after) ? after.x : before.x + before.width + gap.x
  return snap([x, after.y])
}

function startsRow(before: Box, after: Box): boolean {
  return after.x < before.x + before.width
}

function followersOf(flow: Flow, startId: string): ReadonlySet<string> {
  const found = new Set<string>()
  const pending = [startId]
  for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
    if (found.has(id)) continue
    found.add(id)
    for (const { from, to } of flow.edges) if (from[0] === id) pending.push(to)
    for (const { host, resource } of flow.attachments ?? [])
      if (host[0] === id) pending.push(resource)
  }
  return found
}

function placeFor(flow: Flow, registry: Registry, wanted: WantedNode): Point {
  const { definition, origin, centre } = wanted
  const layout = layOutCard({ id: 'new', type: definition.type }, definition, {
    isExpanded: false,
    isTall: false,
  })
  const isAttachment = origin.from !== undefined && readPort(origin.from[1]).kind === 'attach'
  if (origin.position !== undefined) {
    const [x, y] = origin.position
    if (origin.from !== undefined) {
      return cornerForWire(layout, [x, y], isAttachment ? attachInId : execInId)
    }
    return snap(origin.to === undefined ? [x, y] : [x - layout.width, y - cardMeasures.header])
  }
  const boxes = boxesOf(flow, registry)
  if (origin.splice !== undefined) {
    const before = boxes.get(origin.splice.from[0])
    const after = boxes.get(origin.splice.to)
    if (before !== undefined && after !== undefined) return cornerBetween(before, after)
  }
  const ledTo = boxes.get(origin.to?.[0] ?? '')
  if (ledTo !== undefined) {
    return freePlace(boxes.values(), cornerBefore(ledTo, layout, origin), layout)
  }
  const besideId = origin.from?.[0] ?? wanted.besideId
  const beside = besideId === undefined ? undefined : boxes.get(besideId)
  if (beside === undefined) {
    const corner: Point = [centre[0] - layout.width / 2, centre[1] - layout.height / 2]
    return freePlace(boxes.values(), corner, layout)
  }
  const corner: Point = isAttachment
    ? [beside.x, beside.y + beside.height + gap.x]
    : [beside.x + beside.width + gap.x, beside.y]
  return freePlace(boxes.values(), corner, layout)
}

/** Left of the node that it shall lead to, or above the resource that it shall hold. */
function cornerBefore(ledTo: Box, layout: CardLayout, { to }: PickerOrigin): Point {
  const isHost = readPort(to?.[1] ?? '').kind === 'attach-in'
  return isHost
    ? [ledTo.x, ledTo.y - gap.x - layout.height]
    : [ledTo.x - gap.x - layout.width, ledTo.y]
}
