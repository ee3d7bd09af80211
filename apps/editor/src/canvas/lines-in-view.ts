import type { BindingLine } from './bindings.ts'
import type { Box, Point } from './placement.ts'

/** A line between two ports whose places are known. */
export interface PlacedLine {
  readonly line: BindingLine
  readonly from: Point
  readonly to: Point
}

/** Lines of one port that are not drawn. */
export interface LinesLeftOut {
  readonly fromNodeId: string
  readonly fromPortId: string
  readonly from: Point
  readonly count: number
}

/** Of one port, at most so many lines lead out of view. */
export const mostOutOfView = 12

/**
 * The lines to draw in a part of the canvas: all that begin and end in it. Of those of one port that
 * only begin or end there or cross it, the shortest are, and the others are counted: what hundreds of
 * nodes read would else cover everything.
 */
export function linesInView(
  lines: readonly PlacedLine[],
  view: Box,
): { readonly drawn: readonly PlacedLine[]; readonly leftOut: readonly LinesLeftOut[] } {
  const near = lines.filter((line) => meets(line, view))
  const partial = near.filter(({ from, to }) => !isIn(from, view) || !isIn(to, view))
  const left = new Set<PlacedLine>()
  const leftOut: LinesLeftOut[] = []
  const byPort = Map.groupBy(partial, ({ line }) => `${line.fromNodeId} ${line.fromPortId}`)
  for (const ofPort of byPort.values()) {
    const byLength = ofPort.toSorted((one, other) => lengthOf(one) - lengthOf(other))
    const others = byLength.slice(mostOutOfView)
    for (const line of others) left.add(line)
    const [first] = others
    if (first === undefined || !isIn(first.from, view)) continue
    const { fromNodeId, fromPortId } = first.line
    leftOut.push({ fromNodeId, fromPortId, from: first.from, count: others.length })
  }
  return { drawn: near.filter((line) => !left.has(line)), leftOut }
}

function isIn([x, y]: Point, view: Box): boolean {
  return x >= view.x && x <= view.x + view.width && y >= view.y && y <= view.y + view.height
}

/** Whether the box between the two ends of a line has anything in common with the view. */
function meets({ from: [x1, y1], to: [x2, y2] }: PlacedLine, view: Box): boolean {
  return (
    Math.min(x1, x2) <= view.x + view.width &&
    Math.max(x1, x2) >= view.x &&
    Math.min(y1, y2) <= view.y + view.height &&
    Math.max(y1, y2) >= view.y
  )
}

function lengthOf({ from: [x1, y1], to: [x2, y2] }: PlacedLine): number {
  return Math.hypot(x2 - x1, y2 - y1)
}
