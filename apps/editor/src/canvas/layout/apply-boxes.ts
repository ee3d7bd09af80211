import { changeNote, moveNodes, type Flow } from '@millrace/flow'
import { noteIdOf } from '../notes.ts'
import type { Box, Point } from '../placement.ts'

/** Puts items at their new places, and gives frames their new sizes. */
export function applyBoxes(flow: Flow, boxes: ReadonlyMap<string, Box>): Flow {
  const nodes = new Map<string, Point>()
  let current = flow
  for (const [id, { x, y, width, height }] of boxes) {
    const noteId = noteIdOf(id)
    if (noteId === undefined) nodes.set(id, [x, y])
    else current = changeNote(current, noteId, { position: [x, y], size: [width, height] })
  }
  return nodes.size === 0 ? current : moveNodes(current, nodes)
}
