import type { Box, Point } from './placement.ts'

/** How far a line runs straight out of a port before it turns. */
const lead = 18
/** How far above the cards a line passes. */
const clearance = 14
const radius = 8

/**
 * The path of a binding's line, as SVG. It curves straight to its end where no card is in the way,
 * and otherwise goes up and over the cards between: a line never runs beneath one.
 */
export function bindingPath(from: Point, to: Point, boxes: Iterable<Box>): string {
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
    return `M${x1},${y1} C${x1 + bend},${y1} ${x2 - bend},${y2} ${x2},${y2}`
  }
  const lane = Math.min(y1, y2, ...between.map((box) => box.y)) - clearance
  return rounded([
    [x1, y1],
    [x1 + lead, y1],
    [x1 + lead, lane],
    [x2 - lead, lane],
    [x2 - lead, y2],
    [x2, y2],
  ])
}

function rounded(points: readonly Point[]): string {
  const [start, ...rest] = points
  if (start === undefined) return ''
  return rest.reduce((path, corner, index) => {
    const before = points[index] ?? corner
    const after = points[index + 2]
    if (after === undefined) return `${path} L${corner[0]},${corner[1]}`
    const [ax, ay] = towards(corner, before)
    const [bx, by] = towards(corner, after)
    return `${path} L${ax},${ay} Q${corner[0]},${corner[1]} ${bx},${by}`
  }, `M${start[0]},${start[1]}`)
}

function towards([x, y]: Point, [toX, toY]: Point): Point {
  const length = Math.hypot(toX - x, toY - y)
  const share = length === 0 ? 0 : Math.min(radius, length / 2) / length
  return [x + (toX - x) * share, y + (toY - y) * share]
}
