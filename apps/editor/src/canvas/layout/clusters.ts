import type { Attachment, Flow, Note, Registry } from '@millrace/flow'
import { attachInId, attachmentId, type CardLayout } from '../card-layout.ts'
import { cardOf } from '../card.ts'
import { isFrame, noteBoxOf, noteItemId } from '../notes.ts'
import { boundsOf, type Box, type Point } from '../placement.ts'

/**
 * A card with what stands with it whatever the layout: its resources below it, and the notes beside it
 * where somebody put them. The layout places clusters, so it can tear none of them apart.
 */
export interface Cluster {
  /** The node whose edges lead to other clusters, or the note that stands by itself; its id on the canvas. */
  readonly hostId: string
  /** Of the node's card. */
  readonly layout: CardLayout | undefined
  readonly width: number
  readonly height: number
  /** Where everything stands from the cluster's corner, by ids on the canvas. */
  readonly boxes: ReadonlyMap<string, Box>
}

/** Between a host and the resources below it, and between those. */
const gaps = { attachment: 56, resource: 24, note: 16 } as const

/** A note as far away from a card as this, or nearer, belongs to it; cards stand further apart. */
const nearby = 40

/** How the canvas is now: where everything stands, by its id there, and which cards are unfolded. */
interface Standing {
  readonly boxes: ReadonlyMap<string, Box>
  readonly expanded?: ReadonlySet<string> | undefined
}

/** The clusters of a flow, in the order of its nodes. */
export function clustersOf(
  flow: Flow,
  registry: Registry,
  { boxes, expanded }: Standing,
): readonly Cluster[] {
  const layouts = new Map(
    flow.nodes.map((node) => [
      node.id,
      cardOf(flow, node, {
        registry,
        problems: [],
        isExpanded: expanded?.has(node.id) ?? false,
      }).layout,
    ]),
  )
  const attachments = ownAttachments(flow)
  const attached = new Set([...attachments.values()].flat().map(({ resource }) => resource))
  const notesOf = nearbyNotes(flow, boxes)
  return flow.nodes.flatMap(({ id }): readonly Cluster[] => {
    const layout = layouts.get(id)
    if (layout === undefined || attached.has(id)) return []
    const cards = withResources(id, layouts, attachments)
    const all = withNotes(cards, notesOf, boxes)
    const bounds = boundsOf(all.values())
    if (bounds === undefined) return []
    const placed = [...all].map(
      ([item, box]) => [item, shifted(box, [-bounds.x, -bounds.y])] as const,
    )
    return [
      { hostId: id, layout, width: bounds.width, height: bounds.height, boxes: new Map(placed) },
    ]
  })
}

/** The cluster of a note that belongs to no card, or of a frame with nothing in it: it stands by itself. */
export function freeCluster(note: Note): Cluster {
  const hostId = noteItemId(note.id)
  const { width, height } = noteBoxOf(note)
  const boxes = new Map([[hostId, { x: 0, y: 0, width, height }]])
  return { hostId, layout: undefined, width, height, boxes }
}

/** The attachments by host: of a resource that serves several, the first counts; a circle has none. */
function ownAttachments(flow: Flow): ReadonlyMap<string, readonly Attachment[]> {
  const owned = new Map<string, Attachment>()
  for (const attachment of flow.attachments ?? []) {
    const { host, resource } = attachment
    if (!owned.has(resource) && !leadsTo(owned, host[0], resource)) owned.set(resource, attachment)
  }
  return Map.groupBy(owned.values(), ({ host }) => host[0])
}

function leadsTo(owned: ReadonlyMap<string, Attachment>, startId: string, goalId: string): boolean {
  for (let id: string | undefined = startId; id !== undefined; id = owned.get(id)?.host[0]) {
    if (id === goalId) return true
  }
  return false
}

/** A host with its resources in a row below it, each with its own below; a single one under its port. */
function withResources(
  hostId: string,
  layouts: ReadonlyMap<string, CardLayout>,
  attachments: ReadonlyMap<string, readonly Attachment[]>,
): ReadonlyMap<string, Box> {
  const layout = layouts.get(hostId)
  const { width, height, ports } = layout ?? { width: 0, height: 0, ports: [] }
  const host: Box = { x: 0, y: 0, width, height }
  const portX = (id: string) => ports.find((port) => port.id === id)?.x ?? width / 2
  const below = (attachments.get(hostId) ?? [])
    .toSorted(
      (left, right) => portX(attachmentId(left.host[1])) - portX(attachmentId(right.host[1])),
    )
    .map(({ host: [, port], resource }) => {
      const boxes = withResources(resource, layouts, attachments)
      return { port: portX(attachmentId(port)), resource, boxes, bounds: boundsOf(boxes.values()) }
    })
  const total = below.reduce((sum, { bounds }) => sum + (bounds?.width ?? 0) + gaps.resource, 0)
  const [only, ...others] = below
  let x = width / 2 - (total - gaps.resource) / 2
  if (only?.bounds !== undefined && others.length === 0) {
    const inPort = layouts.get(only.resource)?.ports.find(({ id }) => id === attachInId)
    x = only.port - (inPort?.x ?? width / 2) + only.bounds.x
  }
  const placed: (readonly [string, Box])[] = [[hostId, host]]
  for (const { boxes, bounds } of below) {
    if (bounds === undefined) continue
    const by: Point = [x - bounds.x, height + gaps.attachment]
    for (const [id, box] of boxes) placed.push([id, shifted(box, by)])
    x += bounds.width + gaps.resource
  }
  return new Map(placed)
}

/** The notes of each card: those beside it, and no nearer to another. */
function nearbyNotes(
  flow: Flow,
  boxes: ReadonlyMap<string, Box>,
): ReadonlyMap<string, readonly Note[]> {
  const notes = (flow.layout?.notes ?? []).filter((note) => !isFrame(note))
  const owned = notes.flatMap((note) => {
    const near = flow.nodes
      .map(({ id }) => ({ id, distance: distanceOf(boxes.get(id), noteBoxOf(note)) }))
      .filter(({ distance }) => distance <= nearby)
      .toSorted((left, right) => left.distance - right.distance)
    return near[0] === undefined ? [] : [{ note, nodeId: near[0].id }]
  })
  const groups = Map.groupBy(owned, ({ nodeId }) => nodeId)
  return new Map([...groups].map(([id, group]) => [id, group.map(({ note }) => note)]))
}

/** Adds the notes as they stand beside their cards; one that would cover something stands above all. */
function withNotes(
  cards: ReadonlyMap<string, Box>,
  notesOf: ReadonlyMap<string, readonly Note[]>,
  boxes: ReadonlyMap<string, Box>,
): ReadonlyMap<string, Box> {
  const all = new Map(cards)
  for (const [id, card] of cards) {
    const from = boxes.get(id)
    for (const note of notesOf.get(id) ?? []) {
      const box = noteBoxOf(note)
      const beside = shifted(box, [card.x - (from?.x ?? 0), card.y - (from?.y ?? 0)])
      const isCovering = [...all.values()].some((other) => distanceOf(other, beside) === 0)
      const top = Math.min(...[...all.values()].map(({ y }) => y))
      const above = { ...box, x: card.x, y: top - box.height - gaps.note }
      all.set(noteItemId(note.id), isCovering ? above : beside)
    }
  }
  return all
}

function shifted(box: Box, [dx, dy]: Point): Box {
  return { ...box, x: box.x + dx, y: box.y + dy }
}

/** How far apart two boxes are, 0 where they touch. */
function distanceOf(left: Box | undefined, right: Box): number {
  if (left === undefined) return Number.POSITIVE_INFINITY
  const dx = Math.max(0, left.x - right.x - right.width, right.x - left.x - left.width)
  const dy = Math.max(0, left.y - right.y - right.height, right.y - left.y - left.height)
  return Math.hypot(dx, dy)
}
