import {
  moveNodes,
  moveNotes,
  removeNodes,
  removeNotes,
  type Flow,
  type Registry,
} from '@millrace/flow'
import { noteIdOf } from './notes.ts'
import type { Point } from './placement.ts'

/** Edits of what stands on the canvas, nodes and notes together, by their ids there. */

/** Moves items to their new corners. */
export function moveItems(flow: Flow, places: ReadonlyMap<string, Point>): Flow {
  const nodes = new Map<string, Point>()
  const notes = new Map<string, Point>()
  for (const [id, place] of places) {
    const noteId = noteIdOf(id)
    if (noteId === undefined) nodes.set(id, place)
    else notes.set(noteId, place)
  }
  const moved = nodes.size === 0 ? flow : moveNodes(flow, nodes)
  return moveNotes(moved, notes)
}

/** Removes nodes and notes; what ran before a removed node and after it is connected again. */
export function removeItems(
  flow: Flow,
  registry: Registry,
  items: { readonly nodeIds: ReadonlySet<string>; readonly noteIds: ReadonlySet<string> },
): Flow {
  const { nodeIds, noteIds } = items
  const removed = nodeIds.size === 0 ? flow : removeNodes(flow, registry, nodeIds)
  return removeNotes(removed, noteIds)
}

/** What so many items are called in the label of an edit: `node`, `3 notes`, `4 items`. */
export function countedItems(nodes: number, notes: number): string {
  const count = nodes + notes
  const noun = notes === 0 ? 'node' : nodes === 0 ? 'note' : 'item'
  return count === 1 ? noun : `${count} ${noun}s`
}
