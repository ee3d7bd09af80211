import {
  boundsOf,
  isInView,
  margins,
  overlaps,
  type Box,
  type Size,
  type View,
} from './placement.ts'

/** The canvas is shown no smaller. */
export const leastZoom = 0.05

/** Between what is shown and the map beside or below it, in pixels of the window. */
const beside = 24

/** What is kept free at each side of the window, in pixels. */
export interface Room {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

/** A window on the canvas, and the corner at its bottom right that the map takes, if there is one. */
export interface MappedWindow {
  readonly window: Size
  readonly map: Size | undefined
}

/** The view on all of some boxes, as large as can be and no larger than they are. */
export function fittingView(boxes: readonly Box[], mapped: MappedWindow): View {
  const bounds = boundsOf(boxes)
  if (bounds === undefined) return { x: 0, y: 0, zoom: 1 }
  return viewClearOfMap(boxes, mapped, (room) => viewInto(room, bounds, mapped.window))
}

/**
 * The view that `viewWith` makes of the room it is left. Where a box would lie below the map, the view
 * ends beside it or above it, whichever is larger; where that would put cards out of view, it takes no
 * notice of the map.
 */
export function viewClearOfMap(
  boxes: readonly Box[],
  { window, map }: MappedWindow,
  viewWith: (room: Room) => View,
): View {
  const whole = viewWith(margins)
  if (map === undefined) return whole
  const isClear = (view: View) => !boxes.some((box) => isBelow(box, view, window, map))
  if (isClear(whole)) return whole
  const above = viewWith({ ...margins, bottom: map.height + beside })
  const left = viewWith({ ...margins, right: map.width + beside })
  const countIn = (view: View) => boxes.filter((box) => isInView(box, view, window)).length
  const [largest] = [above, left]
    .filter((view) => isClear(view) && countIn(view) >= countIn(whole))
    .toSorted((one, two) => two.zoom - one.zoom)
  return largest ?? whole
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
