import type { Box, Point } from './placement.ts'

/** So near to the border of a box, in canvas pixels, a line only passes it. */
const border = 6

/**
 * Of some lines, each given by points along it, the one that leads through a box and comes nearest to
 * a place; `undefined` where none leads through it. The points are to be nearer than the box is small.
 */
export function lineThrough<T>(
  box: Box,
  place: Point,
  lines: Iterable<readonly [line: T, points: readonly Point[]]>,
): T | undefined {
  let nearest: { readonly line: T; readonly distance: number } | undefined
  for (const [line, points] of lines) {
    for (const point of points) {
      if (!isInside(box, point)) continue
      const distance = Math.hypot(point[0] - place[0], point[1] - place[1])
      if (nearest === undefined || distance < nearest.distance) nearest = { line, distance }
    }
  }
  return nearest?.line
}

function isInside({ x, y, width, height }: Box, [left, top]: Point): boolean {
  return (
    left > x + border && left < x + width - border && top > y + border && top < y + height - border
  )
}
