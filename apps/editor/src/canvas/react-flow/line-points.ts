import type { Box, Point } from '../placement.ts'

/** How far points along an edge are from each other, in canvas pixels. */
const step = 8

/** What of an edge's drawing can be measured. */
export type DrawnLine = Pick<
  SVGPathElement,
  'getAttribute' | 'getBBox' | 'getTotalLength' | 'getPointAtLength'
>

interface MeasuredLine {
  readonly shape: string | null
  readonly box: Box
  points: readonly Point[] | undefined
}

// A card is dragged over lines that stand still: to walk along them at each move of the pointer took
// most of the frame where one of them was long.
const measured = new WeakMap<DrawnLine, MeasuredLine>()

/** The box around an edge, in canvas pixels. */
export function boxOfLine(line: DrawnLine): Box {
  return measure(line).box
}

/** Points along an edge, from its start to its end. */
export function pointsOfLine(line: DrawnLine): readonly Point[] {
  const known = measure(line)
  known.points ??= pointsAlong(line)
  return known.points
}

/** What is known of a line, for as long as it is drawn the same. */
function measure(line: DrawnLine): MeasuredLine {
  const shape = line.getAttribute('d')
  const known = measured.get(line)
  if (known?.shape === shape) return known
  const fresh: MeasuredLine = { shape, box: line.getBBox(), points: undefined }
  measured.set(line, fresh)
  return fresh
}

function pointsAlong(line: DrawnLine): readonly Point[] {
  const length = line.getTotalLength()
  const count = Math.max(1, Math.ceil(length / step))
  return Array.from({ length: count + 1 }, (_, index) => {
    const { x, y } = line.getPointAtLength((length * index) / count)
    return [x, y]
  })
}
