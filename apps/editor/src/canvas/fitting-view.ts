import { boundsOf, margins, overlaps, type Box, type Size, type View } from './placement.ts'

/** The canvas is shown no smaller. */
export const leastZoom = 0.05

/** Between what is shown and the map beside or below it, in pixels of the window. */
const beside = 24

interface Room {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

/**
 * The view on all of some boxes, as large as can be and no larger than they are. `map` is the corner at
 * the bottom right that the map takes: where a box would lie below it, the view ends beside it or above
 * it, whichever shows more.
 */
export function fittingView(boxes: readonly Box[], window: Size, map: Size | undefined): View {
  const bounds = boundsOf(boxes)
  if (bounds === undefined) return { x: 0, y: 0, zoom: 1 }
  const whole = viewInto(margins, bounds, window)
  if (map === undefined || !boxes.some((box) => isBelow(box, whole, window, map))) return whole
  const left = viewInto({ ...margins, right: map.width + beside }, bounds, window)
  const above = viewInto({ ...margins, bottom: map.height + beside }, bounds, window)
  return left.zoom > above.zoom ? left : above
}

function viewInto({ left, right, top, bottom }: Room, bounds: Box, window: Size): View {
  const [width, height] = [window.width - left - right, window.height - top - bottom]
  const fit = Math.min(width / bounds.width, height / bounds.height, 1)
  const zoom = Math.max(fit, leastZoom)
  return {
    zoom,
    x: left + (width - bounds.width * zoom) / 2 - bounds.x * zoom,
    y: top + (height - bounds.height * zoom) / 2 - bounds.y * zoom,
  }
}

function isBelow(box: Box, { x, y, zoom }: View, window: Size, map: Size): boolean {
  const corner = { x: window.width - map.width, y: window.height - map.height, ...map }
  return overlaps(corner, {
    x: box.x * zoom + x,
    y: box.y * zoom + y,
    width: box.width * zoom,
    height: box.height * zoom,
  })
}
