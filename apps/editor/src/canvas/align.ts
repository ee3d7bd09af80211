import { boundsOf, type Box, type Point } from './placement.ts'

/** Lines several items up with each other; each returns the new corners of those that move. */

/** The edge or centre of all items together at which each one then stands. */
export type Alignment = 'left' | 'centre' | 'right' | 'top' | 'middle' | 'bottom'

export function alignBoxes(
  boxes: ReadonlyMap<string, Box>,
  alignment: Alignment,
): ReadonlyMap<string, Point> {
  const bounds = boundsOf(boxes.values())
  if (bounds === undefined) return new Map()
  return moved(boxes, (box) => placeIn(bounds, box, alignment))
}

function placeIn(bounds: Box, { x, y, width, height }: Box, alignment: Alignment): Point {
  switch (alignment) {
    case 'left':
      return [bounds.x, y]
    case 'centre':
      return [Math.round(bounds.x + (bounds.width - width) / 2), y]
    case 'right':
      return [bounds.x + bounds.width - width, y]
    case 'top':
      return [x, bounds.y]
    case 'middle':
      return [x, Math.round(bounds.y + (bounds.height - height) / 2)]
    case 'bottom':
      return [x, bounds.y + bounds.height - height]
  }
}

/**
 * Makes the gaps between items equal, from the first to the last, which stay where they are. Items
 * that have no room between those two push the last away instead of covering each other.
 */
export function distributeBoxes(
  boxes: ReadonlyMap<string, Box>,
  direction: 'across' | 'down',
): ReadonlyMap<string, Point> {
  const [start, size] =
    direction === 'across' ? (['x', 'width'] as const) : (['y', 'height'] as const)
  const ordered = [...boxes].toSorted(([, left], [, right]) => left[start] - right[start])
  const [first, last] = [ordered[0]?.[1], ordered.at(-1)?.[1]]
  if (first === undefined || last === undefined || ordered.length < 3) return new Map()
  const length = last[start] + last[size] - first[start]
  const filled = ordered.reduce((sum, [, box]) => sum + box[size], 0)
  const gap = Math.max(0, (length - filled) / (ordered.length - 1))
  const places = new Map<string, number>()
  let place = first[start]
  for (const [id, box] of ordered) {
    places.set(id, Math.round(place))
    place += box[size] + gap
  }
  return moved(boxes, ({ x, y }, id) => {
    const at = places.get(id) ?? 0
    return direction === 'across' ? [at, y] : [x, at]
  })
}

function moved(
  boxes: ReadonlyMap<string, Box>,
  placeFor: (box: Box, id: string) => Point,
): ReadonlyMap<string, Point> {
  return new Map(
    [...boxes].flatMap(([id, box]) => {
      const [x, y] = placeFor(box, id)
      return x === box.x && y === box.y ? [] : [[id, [x, y] as const]]
    }),
  )
}
