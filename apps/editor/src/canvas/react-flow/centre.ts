import type { Point } from '../placement.ts'

/** The place on the canvas that stands in the middle of the window. */
export function centreOf(
  window: DOMRect | undefined,
  toCanvas: (point: { x: number; y: number }) => { x: number; y: number },
): Point {
  const { left, top, width, height } = window ?? new DOMRect()
  const { x, y } = toCanvas({ x: left + width / 2, y: top + height / 2 })
  return [x, y]
}
