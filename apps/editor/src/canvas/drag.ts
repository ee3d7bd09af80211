import { guidesFor, type GuideLine } from './guides.ts'
import { itemsIn } from './notes.ts'
import { boundsOf, overlaps, snap, type Box, type Point } from './placement.ts'

/** A drag of some of what stands on the canvas, from its start on. */
export interface Drag {
  /** Where everything that moves stood, by its id on the canvas. */
  readonly start: ReadonlyMap<string, Box>
  /** What it may line up with. */
  readonly others: readonly Box[]
}

/** Starts a drag: what lies in a grabbed frame moves along, and what is in view is lined up with. */
export function startDrag(
  boxes: ReadonlyMap<string, Box>,
  grabbed: { readonly ids: Iterable<string>; readonly frameIds: ReadonlySet<string> },
  view: Box,
): Drag {
  const moving = new Set(grabbed.ids)
  for (const id of [...moving]) {
    if (!grabbed.frameIds.has(id)) continue
    for (const inner of itemsIn(boxes, id)) moving.add(inner)
  }
  return {
    start: new Map([...boxes].filter(([id]) => moving.has(id))),
    others: [...boxes].flatMap(([id, box]) =>
      !moving.has(id) && overlaps(view, box) ? [box] : [],
    ),
  }
}

export interface DragStep {
  readonly places: ReadonlyMap<string, Point>
  readonly guides: readonly GuideLine[]
}

/**
 * Where everything goes when the pointer takes one item to a place: onto guides that are near, else
 * onto the grid. `within` is how near, in canvas pixels; 0 means that it goes exactly where the pointer is.
 */
export function dragTo(
  { start, others }: Drag,
  [id, [x, y]]: readonly [id: string, place: Point],
  within: number,
): DragStep {
  const from = start.get(id)
  const bounds = boundsOf(start.values())
  if (from === undefined || bounds === undefined) return { places: new Map(), guides: [] }
  const raw = { x: x - from.x, y: y - from.y }
  if (within === 0) return { places: moved(start, raw), guides: [] }
  const target = { ...bounds, x: bounds.x + raw.x, y: bounds.y + raw.y }
  const { dx, dy, isHeld, lines } = guidesFor(target, others, within)
  const [gridX, gridY] = snap([x, y])
  const by = {
    x: isHeld.x ? raw.x + dx : gridX - from.x,
    y: isHeld.y ? raw.y + dy : gridY - from.y,
  }
  return { places: moved(start, by), guides: lines }
}

function moved(
  start: ReadonlyMap<string, Box>,
  by: { readonly x: number; readonly y: number },
): ReadonlyMap<string, Point> {
  return new Map([...start].map(([id, box]) => [id, [box.x + by.x, box.y + by.y] as const]))
}
