import { canonicalFlow, type Flow, type Note, type Registry } from '@millrace/flow'
import type { ElkNode } from 'elkjs/lib/elk-api.js'
import { isFrame, itemBoxesOf, noteIdOf, noteItemId } from '../notes.ts'
import { boundsOf, overlaps, type Box, type Point } from '../placement.ts'
import { clustersOf, freeCluster, type Cluster } from './clusters.ts'
import { framesOf } from './frames.ts'
import { partsOf, spacing, type Part } from './parts.ts'
import { maxColumns } from './rows.ts'

/** Lays out one graph; elk in the browser's worker, or in a test. */
export type LayOut = (graph: ElkNode) => Promise<ElkNode>

export interface Arrangement {
  readonly flow: Flow
  readonly registry: Registry
  /** What is to be arranged, by ids on the canvas; without any, all of it. */
  readonly itemIds?: ReadonlySet<string>
  /** The nodes whose cards are unfolded. */
  readonly expanded?: ReadonlySet<string>
  readonly layOut: LayOut
  /** Called before each part, and at the end. */
  readonly onProgress?: (done: number, of: number) => void
}

/** Between rows, and between parts below each other. */
const rowGap = 64

/**
 * The boxes of all that moves in a good layout, by ids on the canvas; of frames also the size. Nothing in
 * it covers anything else, what was laid out so already stays where it is, and the first card keeps its place.
 */
export async function arrange(wanted: Arrangement): Promise<ReadonlyMap<string, Box>> {
  const { flow, registry, itemIds, expanded, layOut, onProgress } = wanted
  const boxes = itemBoxesOf(flow, registry, expanded)
  const part = itemIds === undefined ? flow : partOf(flow, itemIds)
  const ordered = canonicalFlow(part)
  const cards = clustersOf(ordered, registry, { boxes, expanded })
  const items = [...cards, ...freeNotes(ordered, cards).map(freeCluster)]
  const { around, empty } = framesOf(
    ordered,
    items.map(({ hostId }) => hostId),
    boxes,
  )
  const clusters = [...items, ...empty.map(freeCluster)]
  const parts = partsOf(ordered, registry, { clusters, around })
  const laidOut: LaidOut[] = []
  for (const [index, { graph, kind }] of parts.entries()) {
    onProgress?.(index, parts.length)
    laidOut.push({ kind, boxes: boxesIn(await layOut(graph), clusters) })
  }
  onProgress?.(parts.length, parts.length)
  const placed = stack(laidOut)
  const anchored = itemIds === undefined ? atFirst(placed, cards, boxes) : atCorner(placed, boxes)
  return itemIds === undefined ? anchored : clearOf(anchored, boxes)
}

interface LaidOut {
  readonly kind: Part['kind']
  readonly boxes: ReadonlyMap<string, Box>
}

/** The notes that stand beside no card. */
function freeNotes({ layout }: Flow, cards: readonly Cluster[]): readonly Note[] {
  const kept = new Set(cards.flatMap((card) => [...card.boxes.keys()]))
  return (layout?.notes ?? []).filter((note) => !isFrame(note) && !kept.has(noteItemId(note.id)))
}

/** The part of a flow that is made of these items, with the resources of its hosts. */
function partOf(flow: Flow, itemIds: ReadonlySet<string>): Flow {
  const nodes = flow.nodes.filter(({ id }) => itemIds.has(id))
  const isIn = (id: string) => itemIds.has(id)
  return {
    ...flow,
    nodes,
    edges: flow.edges.filter(({ from, to }) => isIn(from[0]) && isIn(to)),
    attachments: (flow.attachments ?? []).filter(
      ({ host, resource }) => isIn(host[0]) && isIn(resource),
    ),
    layout: {
      nodes: Object.fromEntries(
        Object.entries(flow.layout?.nodes ?? {}).filter(([id]) => itemIds.has(id)),
      ),
      notes: (flow.layout?.notes ?? []).filter(({ id }) => itemIds.has(noteItemId(id))),
    },
  }
}

/** Where everything of a graph came to stand, and the sizes of its frames. */
function boxesIn(graph: ElkNode, clusters: readonly Cluster[]): ReadonlyMap<string, Box> {
  const byHost = new Map(clusters.map((cluster) => [cluster.hostId, cluster]))
  const boxes = new Map<string, Box>()
  visit(graph, [0, 0])
  return boxes

  function visit(parent: ElkNode, [left, top]: Point): void {
    for (const node of parent.children ?? []) {
      const { width = 0, height = 0 } = node
      const [x, y] = [left + (node.x ?? 0), top + (node.y ?? 0)]
      const cluster = byHost.get(node.id)
      if (cluster === undefined) boxes.set(node.id, rounded({ x, y, width, height }))
      for (const [id, box] of cluster?.boxes ?? []) {
        boxes.set(id, rounded({ ...box, x: x + box.x, y: y + box.y }))
      }
      visit(node, [x, y])
    }
  }
}

/** Parts below each other as they are read; single cards in rows at the end, notes in a row above all. */
function stack(parts: readonly LaidOut[]): ReadonlyMap<string, Box> {
  const of = (kind: Part['kind']) => parts.filter((part) => part.kind === kind)
  const all = new Map<string, Box>()
  let y = 0
  for (const { boxes } of of('chain')) y = put(boxes, [0, y]) + rowGap
  let row: Point = [0, y]
  let bottom = y
  for (const [index, { boxes }] of of('loose').entries()) {
    if (index % maxColumns === 0) row = [0, bottom]
    bottom = Math.max(bottom, put(boxes, row) + rowGap)
    row = [rightOf(boxes) + row[0] + spacing.across, row[1]]
  }
  let x = 0
  for (const { boxes } of of('note')) {
    const bounds = boundsOf(boxes.values())
    put(boxes, [x, -rowGap - (bounds?.height ?? 0)])
    x += (bounds?.width ?? 0) + spacing.down
  }
  return all

  /** Puts the corner of some boxes at a place; gives where they end downwards. */
  function put(boxes: ReadonlyMap<string, Box>, [left, top]: Point): number {
    const bounds = boundsOf(boxes.values())
    if (bounds === undefined) return top
    for (const [id, box] of moved(boxes, [left - bounds.x, top - bounds.y])) all.set(id, box)
    return top + bounds.height
  }
}

function rightOf(boxes: ReadonlyMap<string, Box>): number {
  return boundsOf(boxes.values())?.width ?? 0
}

/** All of it with the first card where it stood. */
function atFirst(
  placed: ReadonlyMap<string, Box>,
  cards: readonly Cluster[],
  before: ReadonlyMap<string, Box>,
): ReadonlyMap<string, Box> {
  const [first] = cards
  const from = placed.get(first?.hostId ?? '')
  const to = before.get(first?.hostId ?? '')
  if (from === undefined || to === undefined) return placed
  return moved(placed, [to.x - from.x, to.y - from.y])
}

/** All of it with its upper left corner where it was. */
function atCorner(
  placed: ReadonlyMap<string, Box>,
  before: ReadonlyMap<string, Box>,
): ReadonlyMap<string, Box> {
  const from = boundsOf(placed.values())
  const to = boundsOf([...placed.keys()].flatMap((id) => before.get(id) ?? []))
  if (from === undefined || to === undefined) return placed
  return moved(placed, [to.x - from.x, to.y - from.y])
}

/** All of it moved down until it covers no card that it is not about. */
function clearOf(
  placed: ReadonlyMap<string, Box>,
  before: ReadonlyMap<string, Box>,
): ReadonlyMap<string, Box> {
  const others = [...before].flatMap(([id, box]) =>
    placed.has(id) || noteIdOf(id) !== undefined ? [] : [box],
  )
  let current = placed
  for (let tries = 0; tries < 200; tries += 1) {
    const hits = others.flatMap((other) =>
      [...current.values()].flatMap((box) =>
        overlaps(box, other) ? [other.y + other.height + spacing.down - box.y] : [],
      ),
    )
    if (hits.length === 0) break
    current = moved(current, [0, Math.max(...hits)])
  }
  return current
}

function moved(boxes: ReadonlyMap<string, Box>, [dx, dy]: Point): ReadonlyMap<string, Box> {
  return new Map([...boxes].map(([id, box]) => [id, { ...box, x: box.x + dx, y: box.y + dy }]))
}

function rounded({ x, y, width, height }: Box): Box {
  return {
    x: Math.round(x),
    y: Math.round(y),
    width: Math.ceil(width),
    height: Math.ceil(height),
  }
}
