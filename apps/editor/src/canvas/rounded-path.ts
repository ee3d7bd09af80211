import type { Point } from './placement.ts'

/** A line of straight pieces with round corners, as SVG. */
export function roundedPath(points: readonly Point[], radius = 8): string {
  const [start, ...rest] = points
  if (start === undefined) return ''
  return rest.reduce((path, corner, index) => {
    const before = points[index] ?? corner
    const after = points[index + 2]
    if (after === undefined) return `${path} L${corner[0]},${corner[1]}`
    const [ax, ay] = towards(corner, before, radius)
    const [bx, by] = towards(corner, after, radius)
    return `${path} L${ax},${ay} Q${corner[0]},${corner[1]} ${bx},${by}`
  }, `M${start[0]},${start[1]}`)
}

function towards([x, y]: Point, [toX, toY]: Point, radius: number): Point {
  const length = Math.hypot(toX - x, toY - y)
  const share = length === 0 ? 0 : Math.min(radius, length / 2) / length
  return [x + (toX - x) * share, y + (toY - y) * share]
}
