import type { Flow, Note, NoteColour, Registry } from '@millrace/flow'
import { boxesOf, boundsOf, freePlace, type Box, type Point, type Size } from './placement.ts'

/** A note or frame of the canvas; see `Note` for what they are. */

/** No note is smaller. */
export const smallestNote: Size = { width: 120, height: 64 }

/** The size of a note that was never sized. */
export const noteSize: Size = { width: 240, height: 136 }

/** Between a frame's edge and what lies in it; its title stands in the wider space above. */
export const frameInset = { side: 24, top: 56 } as const

/** The id of a note among all that stands on the canvas. The ids of nodes hold no colon. */
export function noteItemId(noteId: string): string {
  return `note:${noteId}`
}

/** The id of the note that an id on the canvas names; `undefined` for that of a node. */
export function noteIdOf(itemId: string): string | undefined {
  return itemId.startsWith('note:') ? itemId.slice('note:'.length) : undefined
}

export function isFrame({ kind }: Note): boolean {
  return kind === 'frame'
}

export function noteColourOf(note: Note): NoteColour {
  return note.colour ?? (isFrame(note) ? 'grey' : 'yellow')
}

/** What a screen reader says of a note. */
export function describeNote(note: Note): string {
  const text = note.text.trim().replaceAll(/\s+/g, ' ')
  const shown = text.length > 120 ? `${text.slice(0, 120)}…` : text || 'empty'
  return `${isFrame(note) ? 'Frame' : 'Note'}: ${shown}`
}

/** The place that a note takes. */
export function noteBoxOf({ position: [x, y], size }: Note): Box {
  const [width, height] = size ?? [noteSize.width, noteSize.height]
  return {
    x,
    y,
    width: Math.max(smallestNote.width, width),
    height: Math.max(smallestNote.height, height),
  }
}

/** The boxes of all that stands on the canvas, by its id there; as `boxesOf` has them. */
export function itemBoxesOf(
  flow: Flow,
  registry: Registry,
  expanded?: ReadonlySet<string>,
): ReadonlyMap<string, Box> {
  const notes = (flow.layout?.notes ?? []).map(
    (note) => [noteItemId(note.id), noteBoxOf(note)] as const,
  )
  return new Map([...boxesOf(flow, registry, expanded), ...notes])
}

/** Where a new note goes so that its middle is near a place and it covers nothing; it may lie in a frame. */
export function placeForNote(flow: Flow, registry: Registry, [x, y]: Point): Point {
  const frames = frameItemIds(flow)
  const others = [...itemBoxesOf(flow, registry)].flatMap(([id, box]) =>
    frames.has(id) ? [] : [box],
  )
  return freePlace(others, [x - noteSize.width / 2, y - noteSize.height / 2], noteSize)
}

/** What belongs to a frame: the items that lie wholly in it. */
export function itemsIn(boxes: ReadonlyMap<string, Box>, frameItemId: string): readonly string[] {
  const frame = boxes.get(frameItemId)
  if (frame === undefined) return []
  return [...boxes].flatMap(([id, box]) => (id !== frameItemId && holds(frame, box) ? [id] : []))
}

/** Moves along with frames what lies in them, unless it has a place of its own to go to. */
export function withContents(
  places: ReadonlyMap<string, Point>,
  boxes: ReadonlyMap<string, Box>,
  frameIds: ReadonlySet<string>,
): ReadonlyMap<string, Point> {
  const all = new Map(places)
  for (const [id, [x, y]] of places) {
    const frame = boxes.get(id)
    if (frame === undefined || !frameIds.has(id)) continue
    for (const inner of itemsIn(boxes, id)) {
      const box = boxes.get(inner)
      if (box === undefined || all.has(inner)) continue
      all.set(inner, [box.x + x - frame.x, box.y + y - frame.y])
    }
  }
  return all
}

/** The ids on the canvas of a flow's frames. */
export function frameItemIds(flow: Flow): ReadonlySet<string> {
  return new Set((flow.layout?.notes ?? []).filter(isFrame).map(({ id }) => noteItemId(id)))
}

/** The frame that has these boxes in it, with its title above them; `undefined` for none. */
export function frameAround(boxes: Iterable<Box>): Box | undefined {
  const bounds = boundsOf(boxes)
  if (bounds === undefined) return undefined
  const { side, top } = frameInset
  return {
    x: bounds.x - side,
    y: bounds.y - top,
    width: bounds.width + 2 * side,
    height: bounds.height + top + side,
  }
}

/** Whether a box lies wholly in another. */
export function holds(outer: Box, inner: Box): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  )
}
