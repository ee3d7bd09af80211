import { useDocument } from '../../document/document-store.ts'
import { registry } from '../../registry.ts'
import { sessionCommands, useSession } from '../../session/session-store.ts'
import { useCanvas } from '../canvas-store.ts'
import { selectedItemIds } from '../note-commands.ts'
import { holds, isFrame, itemBoxesOf, noteIdOf, noteItemId } from '../notes.ts'
import type { Box, Point } from '../placement.ts'

/**
 * The box that is drawn to select. It takes what it touches, but a frame only whole: else nothing
 * could be selected in one without it. With Shift, what was selected before stays so.
 */
interface Marquee {
  readonly from: Point
  readonly kept: readonly string[]
}

let pressed: Marquee | undefined
let drawn: Marquee | undefined

export const marquee = {
  /** The pointer was pressed on the canvas, at a place there. */
  press(from: Point, { isAdding }: { readonly isAdding: boolean }): void {
    pressed = { from, kept: isAdding ? selectedItemIds() : [] }
  },
  /** The pointer moves: it is a marquee, no click. */
  start(): void {
    drawn = pressed
    const kept = drawn?.kept ?? []
    sessionCommands.select(
      kept.filter((id) => noteIdOf(id) === undefined),
      [],
      kept.flatMap((id) => noteIdOf(id) ?? []),
    )
  },
  /** Takes the frames that lie wholly in it. */
  end(to: Point): void {
    if (drawn === undefined) return
    const { from } = drawn
    drawn = undefined
    const { flow } = useDocument.getState()
    const box = boxBetween(from, to)
    const boxes = itemBoxesOf(flow, registry, useCanvas.getState().expanded)
    const frames = (flow.layout?.notes ?? []).filter((note) => {
      const frame = boxes.get(noteItemId(note.id))
      return isFrame(note) && frame !== undefined && holds(box, frame)
    })
    if (frames.length === 0) return
    const { selectedNodeIds, selectedEdgeIds, selectedNoteIds } = useSession.getState()
    sessionCommands.select(selectedNodeIds, selectedEdgeIds, [
      ...selectedNoteIds,
      ...frames.map(({ id }) => id),
    ])
  },
  /** What stays selected while it is drawn. */
  kept(): readonly string[] {
    return drawn?.kept ?? []
  },
  mayTake(itemId: string): boolean {
    const noteId = drawn === undefined ? undefined : noteIdOf(itemId)
    if (noteId === undefined) return true
    const notes = useDocument.getState().flow.layout?.notes ?? []
    return notes.some((note) => note.id === noteId && !isFrame(note))
  },
}

function boxBetween([x1, y1]: Point, [x2, y2]: Point): Box {
  return {
    x: Math.min(x1, x2),
    y: Math.min(y1, y2),
    width: Math.abs(x2 - x1),
    height: Math.abs(y2 - y1),
  }
}
