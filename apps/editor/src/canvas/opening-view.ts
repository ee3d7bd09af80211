import { viewClearOfMap, type MappedWindow, type Room } from './fitting-view.ts'
import { boundsOf, type Box, type Size, type View } from './placement.ts'

/** A flow opens no smaller than this, so that it can be read. */
const openingZoom = 0.85

/**
 * The view on a flow that was just opened: all of it when that can be read, else as much as can,
 * from its start on, beside the map or above it where that puts nothing else out of view.
 */
export function openingView(
  boxes: ReadonlyMap<string, Box>,
  startId: string | undefined,
  mapped: MappedWindow,
): View {
  const bounds = boundsOf(boxes.values())
  if (bounds === undefined) return { x: 0, y: 0, zoom: 1 }
  const start = (startId === undefined ? undefined : boxes.get(startId)) ?? bounds
  return viewClearOfMap([...boxes.values()], mapped, (room) =>
    viewFrom(start, bounds, { window: mapped.window, room }),
  )
}

function viewFrom(
  start: Box,
  bounds: Box,
  { window, room }: { readonly window: Size; readonly room: Room },
): View {
  const width = window.width - room.left - room.right
  const height = window.height - room.top - room.bottom
  const fit = Math.min(width / bounds.width, height / bounds.height, 1)
  const zoom = Math.max(fit, openingZoom)
  const fitsAcross = bounds.width * zoom <= width
  const fitsDown = bounds.height * zoom <= height
  return {
    zoom,
    x: fitsAcross
      ? room.left + (width - bounds.width * zoom) / 2 - bounds.x * zoom
      : room.left - start.x * zoom,
    y: fitsDown
      ? room.top + (height - bounds.height * zoom) / 2 - bounds.y * zoom
      : // Its top, as long as the start is in the upper part of the window.
        room.top + Math.min(height / 3, (start.y - bounds.y) * zoom) - start.y * zoom,
  }
}
