import type { Box, Point } from './placement.ts'
import { roundedPath } from './rounded-path.ts'

/** How far an edge runs straight out of a port before it turns. */
const lead = 20
/** How far below two cards that stand side by side an edge passes. */
const clearance = 20

/** How far above the card that it leads to an edge passes at most. */
const rowLane = 40

/** The path of an edge that leads back to the left, as SVG, with the middle of its way. */
export interface WrapPath {
  readonly path: string
  readonly middle: Point
}

/** Whether an edge leads back: then a curve would run beneath the cards at its ends. */
export function isWrap([x1]: Point, [x2]: Point): boolean {
  return x2 < x1 + lead / 2
}

/** Leads from one row of cards to the start of the next, between the two. */
export function wrapPath(
  from: Point,
  to: Point,
  cards: { readonly source: Box; readonly target: Box },
): WrapPath {
  const lane = laneBetween(cards.source, cards.target)
  const right = from[0] + lead
  const left = to[0] - lead
  return {
    path: roundedPath([from, [right, from[1]], [right, lane], [left, lane], [left, to[1]], to], 12),
    middle: [(right + left) / 2, lane],
  }
}

function laneBetween(source: Box, target: Box): number {
  const sourceEnd = source.y + source.height
  const targetEnd = target.y + target.height
  // In the middle of a small gap; of a large one near the lower row, since cards may hang into it.
  if (sourceEnd < target.y) return Math.max((sourceEnd + target.y) / 2, target.y - rowLane)
  if (targetEnd < source.y) return (targetEnd + source.y) / 2
  return Math.max(sourceEnd, targetEnd) + clearance
}
