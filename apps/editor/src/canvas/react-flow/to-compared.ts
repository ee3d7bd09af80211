import { titleOf, type Flow, type Note, type Registry } from '@millrace/flow'
import type { Edge, Node } from '@xyflow/react'
import type { Compared, Comparison, Mark } from '../../versions/compare-flows.ts'
import { attachInId, attachmentId, execInId, execOutId } from '../card-layout.ts'
import { cardOf, type Card } from '../card.ts'
import { attachmentEdgeId, execEdgeId } from '../edge-ids.ts'
import { describeNote, isFrame, noteBoxOf, noteItemId } from '../notes.ts'
import { handlesOf } from './to-nodes.ts'

/** A card of a comparison, with how its node differs. */
export type ComparedNode = Node<
  {
    readonly card: Card
    readonly mark: Mark | undefined
    readonly isMoved: boolean
    readonly changes: number
  },
  'compared'
>
/** Where a card, or a note, lay before. */
export type GhostNode = Node<
  {
    readonly title: string
    /** How far away it lies now. */
    readonly way: readonly [x: number, y: number]
  },
  'ghost'
>
export type ComparedNote = Node<
  {
    readonly note: Note
    readonly mark: Mark | undefined
    readonly isMoved: boolean
    readonly changes: number
  },
  'note'
>
export type ComparedEdge = Edge<{ readonly mark: Mark | undefined }, 'exec' | 'attachment'>

export interface ComparedGraph {
  readonly nodes: (ComparedNode | GhostNode | ComparedNote)[]
  readonly edges: ComparedEdge[]
}

/** A comparison as React Flow's nodes and edges; it is drawn once, and nothing in it can be edited. */
export function toComparedGraph(comparison: Comparison, registry: Registry): ComparedGraph {
  const { before, after } = comparison
  const titles = new Map(
    comparison.nodes.map(({ item }) => [item.id, titleOf(item, registry.nodes.get(item.type))]),
  )
  const cards = comparison.nodes.map((one) => toCard(one, { before, after, registry }))
  const notes = comparison.notes.map(toNote)
  const ghosts = [
    ...comparison.nodes.map((one, index) => toGhost(one.movedFrom, cards[index])),
    ...comparison.notes.map((one, index) => toGhost(one.movedFrom, notes[index])),
  ].flatMap((ghost) => (ghost === undefined ? [] : [ghost]))
  const nameOf = (id: string) => titles.get(id) ?? id
  return {
    nodes: [...ghosts, ...notes, ...cards],
    edges: [
      ...comparison.edges.map(({ item, mark }): ComparedEdge => ({
        // Its end belongs to its id: one exit may have led elsewhere before.
        id: `${execEdgeId(item)} ${item.to}`,
        type: 'exec',
        source: item.from[0],
        sourceHandle: execOutId(item.from[1]),
        target: item.to,
        targetHandle: execInId,
        data: { mark },
        ariaLabel: `Edge from ${nameOf(item.from[0])}, ${item.from[1]}, to ${nameOf(item.to)}${words(mark)}`,
      })),
      ...comparison.attachments.map(({ item, mark }): ComparedEdge => ({
        id: attachmentEdgeId(item),
        type: 'attachment',
        source: item.host[0],
        sourceHandle: attachmentId(item.host[1]),
        target: item.resource,
        targetHandle: attachInId,
        data: { mark },
        ariaLabel: `${nameOf(item.resource)} attached to ${nameOf(item.host[0])}${words(mark)}`,
      })),
    ],
  }
}

function words(mark: Compared<unknown>['mark']): string {
  return mark === undefined ? '' : `, ${mark}`
}

function toCard(
  { item, mark, position: [x, y], movedFrom, changes }: Comparison['nodes'][number],
  context: { readonly before: Flow; readonly after: Flow; readonly registry: Registry },
): ComparedNode {
  const { registry } = context
  const flow = mark === 'removed' ? context.before : context.after
  const card = cardOf(flow, item, { registry, problems: [], isExpanded: false })
  const { width, height } = card.layout
  const isMoved = movedFrom !== undefined
  return {
    id: item.id,
    type: 'compared',
    // Under an id of its own, so that no run and no open field shows on what only is looked at.
    data: {
      card: { ...card, node: { ...item, id: `compared ${item.id}` } },
      mark,
      isMoved,
      changes,
    },
    position: { x, y },
    width,
    height,
    measured: { width, height },
    handles: handlesOf(card.layout),
    // What took its place stands in front of it.
    zIndex: mark === 'removed' ? -1 : 0,
    ariaRole: 'img',
    ariaLabel: `${card.title}${words(mark)}${isMoved ? ', moved' : ''}`,
  }
}

function toNote({ item, mark, movedFrom, changes }: Comparison['notes'][number]): ComparedNote {
  const { x, y, width, height } = noteBoxOf(item)
  const isMoved = movedFrom !== undefined
  return {
    id: noteItemId(item.id),
    type: 'note',
    data: { note: { ...item, id: `compared ${item.id}` }, mark, isMoved, changes },
    position: { x, y },
    width,
    height,
    measured: { width, height },
    handles: [],
    zIndex: isFrame(item) ? -4 : -3,
    ariaRole: 'img',
    ariaLabel: `${describeNote(item)}${words(mark)}${isMoved ? ', moved' : ''}`,
  }
}

function toGhost(
  movedFrom: readonly [number, number] | undefined,
  of: ComparedNode | ComparedNote | undefined,
): GhostNode | undefined {
  if (movedFrom === undefined || of === undefined) return undefined
  const [x, y] = movedFrom
  const { width = 0, height = 0 } = of
  const title = 'card' in of.data ? of.data.card.title : 'Note'
  return {
    id: `ghost ${of.id}`,
    type: 'ghost',
    data: { title, way: [of.position.x - x, of.position.y - y] },
    position: { x, y },
    width,
    height,
    measured: { width, height },
    handles: [],
    zIndex: -2,
    ariaRole: 'img',
    ariaLabel: `Where ${title} was`,
  }
}
