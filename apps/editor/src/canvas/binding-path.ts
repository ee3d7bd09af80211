import type { Box, Point } from './placement.ts'
import { roundedPath } from './rounded-path.ts'

/** How far a line runs straight out of a port before it turns. */
const lead = 18
/** How far above the cards a line passes. */
const clearance = 14

/** The path of a line, as SVG, with the middle of its way. */
export interface BindingPath {
  readonly path: string
  readonly middle: Point
}

/**
 * The path of a binding's line. It curves straight to its end where no card is in the way,
 * and otherwise goes up and over the cards between: a line never runs beneath one.
 */
export function bindingPath(from: Point, to: Point, boxes: Iterable<Box>): BindingPath {
  const [x1, y1] = from
  const [x2, y2] = to
  const left = Math.min(x1, x2) - lead
  const right = Math.max(x1, x2) + lead
  const between = [...boxes].filter(
    (box) =>
      box.x < right - lead - 1 &&
      box.x + box.width > left + lead + 1 &&
      box.y < Math.max(y1, y2) &&
      box.y + box.height > Math.min(y1, y2) - clearance,
  )
  if (between.length === 0 && x2 > x1) {
    const bend = Math.max(24, (x2 - x1) / 2)
    return {
      path: `M${x1},${y1} C${x1 + bend},${y1} ${x2 - bend},${y2} ${x2},${y2}`,
      middle: [(x1 + x2) / 2, (y1 + y2) / 2],
    }
  }
  const inTheWay = [...boxes].filter((box) => box.x < right && box.x + box.width > left)
  const lane = laneFor(from, to, { between, inTheWay })
  return { path: roundedPath(around(from, to, lane)), middle: [(x1 + x2) / 2, lane] }
}

/** The way out of one port, along a lane, and into the other. */
function around([x1, y1]: Point, [x2, y2]: Point, lane: number): readonly Point[] {
  return [
    [x1, y1],
    [x1 + lead, y1],
    [x1 + lead, lane],
    [x2 - lead, lane],
    [x2 - lead, y2],
    [x2, y2],
  ]
}

/** The height at which a line passes: between the cards where there is room, else over all of them. */
function laneFor(
  from: Point,
  to: Point,
  cards: { readonly between: readonly Box[]; readonly inTheWay: readonly Box[] },
): number {
  const tops = cards.between.map(({ y }) => y - clearance)
  const middle = (from[1] + to[1]) / 2
  const [low, high] = [Math.min(from[1], to[1]), Math.max(from[1], to[1])]
  const free = tops
    .filter((lane) => lane > low && lane < high)
    .toSorted((one, other) => Math.abs(one - middle) - Math.abs(other - middle))
    .find((lane) => !cards.inTheWay.some((box) => isCrossed(box, around(from, to, lane))))
  return free ?? Math.min(low - clearance, ...tops)
}

/** Whether a line of straight pieces runs through a card; its ports are on the edges of two. */
function isCrossed(box: Box, points: readonly Point[]): boolean {
  return points.slice(1).some(([x2, y2], index) => {
    const [x1, y1] = points[index] ?? [x2, y2]
    return (
      Math.min(x1, x2) < box.x + box.width - 1 &&
      Math.max(x1, x2) > box.x + 1 &&
      Math.min(y1, y2) < box.y + box.height &&
      Math.max(y1, y2) > box.y
    )
  })
}
