import type { Size } from '../placement.ts'

/** How large the map is, in pixels. */
export const mapSize = { width: 200, height: 150 } as const
/** From the corner of the canvas. */
const margin = 16
/** In a smaller window the map would lie on the cards it shows. */
const least = { width: 720, height: 640 } as const
/** More than these are not looked for: they are everywhere. */
const few = 20

/** Whether a window on the canvas is large enough for a map. */
export function hasMapRoom({ width, height }: Size): boolean {
  return width > least.width && height > least.height
}

/** The corner at the bottom right of the window that the map takes; `undefined` where there is no map. */
export function mapCornerOf(
  window: Size,
  { isMapOpen }: { readonly isMapOpen: boolean },
): Size | undefined {
  if (!isMapOpen || !hasMapRoom(window)) return undefined
  return { width: mapSize.width + margin, height: mapSize.height + margin }
}

/** What React Flow knows of the view, and of the cards in it. */
export interface PlacedCards {
  readonly width: number
  readonly height: number
  readonly transform: readonly [x: number, y: number, zoom: number]
  readonly nodeLookup: ReadonlyMap<
    string,
    {
      readonly position: { readonly x: number; readonly y: number }
      readonly measured: { readonly width?: number; readonly height?: number }
    }
  >
}

/** Whether one of a few cards lies in the corner of the map, so that this would hide it. */
export function isInCorner(
  { width, height, transform, nodeLookup }: PlacedCards,
  ids: readonly string[],
): boolean {
  const [left, top, zoom] = transform
  if (ids.length > few) return false
  return ids.some((id) => {
    const node = nodeLookup.get(id)
    if (node === undefined) return false
    const right = (node.position.x + (node.measured.width ?? 0)) * zoom + left
    const bottom = (node.position.y + (node.measured.height ?? 0)) * zoom + top
    const isOutside = node.position.x * zoom + left > width || node.position.y * zoom + top > height
    return (
      !isOutside &&
      right > width - mapSize.width - margin &&
      bottom > height - mapSize.height - margin
    )
  })
}
