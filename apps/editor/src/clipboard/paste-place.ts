import type { Flow } from '@millrace/flow'
import { snap, type Point } from '../canvas/placement.ts'
import type { Viewport } from '../canvas/react-flow/viewport.ts'
import type { CopiedPart } from './copied-part.ts'

/** How far a copy stands from what it would else cover, in canvas pixels. */
const apart = 32

/** From the middle of a card of the usual size to its corner. */
const toCorner = [-128, -64] as const

/**
 * Where the corner of what is pasted goes, from the corner that it had: beside what was copied, or in
 * the middle of the view where that is out of sight or in another flow. Never onto an earlier copy.
 */
export function pastePlace(
  part: CopiedPart,
  flow: Flow,
  viewport: Pick<Viewport, 'isInView' | 'centre'> | undefined,
): (corner: Point) => Point {
  const isFromHere = part.flow.id === flow.id && !part.isWholeFlow
  const corners = [
    ...Object.values(flow.layout?.nodes ?? {}),
    ...(flow.layout?.notes ?? []).map(({ position }) => position),
  ]
  const taken = new Set(corners.map((corner) => corner.join()))
  return (corner) => {
    const isBeside = viewport === undefined || (isFromHere && viewport.isInView(corner))
    const from = isBeside ? corner : viewport.centre()
    const by = isBeside ? ([apart, apart] as const) : toCorner
    let [x, y] = snap([from[0] + by[0], from[1] + by[1]])
    while (taken.has([x, y].join())) [x, y] = [x + apart, y + apart]
    return [x, y]
  }
}
