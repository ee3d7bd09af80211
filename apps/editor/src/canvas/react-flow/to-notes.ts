import type { Note } from '@millrace/flow'
import type { Node } from '@xyflow/react'
import type { Point, Box } from '../placement.ts'
import { describeNote, isFrame, noteBoxOf, noteItemId } from '../notes.ts'
import { isSameList } from './same-list.ts'
import type { CardNode } from './to-nodes.ts'

/** A note or a frame as React Flow takes it. */
export type NoteNode = Node<{ readonly note: Note }, 'note' | 'frame'>

/** What stands on the canvas. */
export type CanvasNode = CardNode | NoteNode

export function isCard(node: CanvasNode): node is CardNode {
  return node.type === 'card'
}

/** What the canvas's notes are derived from. */
export interface NoteSources {
  readonly notes: readonly Note[]
  readonly selected: ReadonlySet<string>
  /** Places of items that are being dragged, by their ids on the canvas. */
  readonly dragged: ReadonlyMap<string, Point>
  readonly resized: { readonly noteId: string; readonly box: Box } | undefined
}

/**
 * Derives React Flow's nodes for the notes, with the same promise as `createNodeDeriver`: frames first,
 * the larger ones behind, so that one that lies in another can be reached.
 */
export function createNoteDeriver(): (sources: NoteSources) => NoteNode[] {
  let known = new Map<string, NoteNode>()
  let nodes: NoteNode[] = []
  return (sources) => {
    const derived = sources.notes.toSorted(byDepth).map((note) => {
      const before = known.get(note.id)
      const placed = placeOf(note, sources)
      const selected = sources.selected.has(note.id)
      const isSame =
        before?.data.note === note && before.selected === selected && isAt(before, placed)
      return isSame ? before : toNoteNode(note, before, { box: placed, selected })
    })
    if (isSameList(derived, nodes)) return nodes
    nodes = derived
    known = new Map(nodes.map((node) => [node.data.note.id, node]))
    return nodes
  }
}

/** Below the cards and the edges also while they are selected, which adds 1000. */
const layers = { frame: -3000, note: -2000 } as const

function toNoteNode(
  note: Note,
  before: NoteNode | undefined,
  { box, selected }: { readonly box: Box; readonly selected: boolean },
): NoteNode {
  const { x, y, width, height } = box
  const type = isFrame(note) ? 'frame' : 'note'
  return {
    id: noteItemId(note.id),
    type,
    data: before?.data.note === note ? before.data : { note },
    position: { x, y },
    width,
    height,
    measured: { width, height },
    handles: [],
    connectable: false,
    zIndex: layers[type],
    selected,
    ariaLabel: describeNote(note),
    // What lies in a frame is reached through it; its title and its edges take the pointer.
    ...(type === 'frame' ? { style: throughIt } : {}),
  }
}

const throughIt = { pointerEvents: 'none' } as const

function placeOf(note: Note, { dragged, resized }: NoteSources): Box {
  const box = resized?.noteId === note.id ? resized.box : noteBoxOf(note)
  const [x, y] = dragged.get(noteItemId(note.id)) ?? [box.x, box.y]
  return { ...box, x, y }
}

function isAt({ position, width, height }: NoteNode, box: Box): boolean {
  return (
    position.x === box.x && position.y === box.y && width === box.width && height === box.height
  )
}

function byDepth(left: Note, right: Note): number {
  const areaOf = (note: Note) => {
    const { width, height } = noteBoxOf(note)
    return isFrame(note) ? width * height : 0
  }
  return areaOf(right) - areaOf(left)
}
