import type { Flow, Note } from '@millrace/flow'
import { holds, isFrame, noteBoxOf, noteItemId } from '../notes.ts'
import type { Box } from '../placement.ts'

/** The innermost frame around each item and each frame, by their ids on the canvas. */
export type Frames = ReadonlyMap<string, string>

/** Finds what lies in which frame. Frames that hold none of the items count as items themselves. */
export function framesOf(
  flow: Flow,
  itemIds: readonly string[],
  boxes: ReadonlyMap<string, Box>,
): { readonly around: Frames; readonly empty: readonly Note[] } {
  // The smallest first, so that the first that holds an item is the innermost.
  const frames = (flow.layout?.notes ?? [])
    .filter(isFrame)
    .map((note) => ({ note, id: noteItemId(note.id), box: noteBoxOf(note) }))
    .toSorted((left, right) => areaOf(left.box) - areaOf(right.box))
  const around = new Map<string, string>()
  const used = new Set<string>()
  const enclose = (id: string, candidates: typeof frames): void => {
    const box = boxes.get(id)
    const frame = box && candidates.find((one) => holds(one.box, box))
    if (frame === undefined) return
    around.set(id, frame.id)
    used.add(frame.id)
  }
  for (const id of itemIds) enclose(id, frames)
  for (const [index, { id }] of frames.entries()) {
    if (used.has(id)) enclose(id, frames.slice(index + 1))
  }
  const empty = frames.filter(({ id }) => !used.has(id))
  const others = frames.filter(({ id }) => used.has(id))
  for (const { id } of empty) enclose(id, others)
  return { around, empty: empty.map(({ note }) => note) }
}

/** The outermost frame around an item. */
export function outermost(around: Frames, itemId: string): string | undefined {
  let frame = around.get(itemId)
  for (let outer = frame; outer !== undefined; outer = around.get(outer)) frame = outer
  return frame
}

function areaOf({ width, height }: Box): number {
  return width * height
}
