import type { NodeStatus } from '@millrace/flow'
import type { Box } from './placement.ts'

/** Something on the canvas, as the map of the flow shows it. */
export interface MapItem {
  readonly id: string
  readonly box: Box
  /** What its colour says: the category of its node, or that it is a note. */
  readonly kind: string
  readonly isSelected: boolean
}

/** All items that look the same on the map, as one path. */
export interface MapShape {
  readonly kind: string
  /** What their outline says: how their nodes stand in the run, or that they are selected. */
  readonly mark: NodeStatus | 'selected' | undefined
  readonly path: string
}

/** The map of a flow as a few paths, however many items it has; what is marked lies in front. */
export function mapShapesOf(
  items: readonly MapItem[],
  statuses: ReadonlyMap<string, NodeStatus>,
): readonly MapShape[] {
  const shapes = new Map<string, { kind: string; mark: MapShape['mark']; boxes: string[] }>()
  for (const { id, kind, isSelected, box } of items) {
    const mark = isSelected ? 'selected' : statuses.get(id)
    const key = `${kind} ${mark}`
    const shape = shapes.get(key) ?? { kind, mark, boxes: [] }
    shape.boxes.push(`M${box.x} ${box.y}h${box.width}v${box.height}h${-box.width}z`)
    shapes.set(key, shape)
  }
  return [...shapes.values()]
    .map(({ kind, mark, boxes }) => ({ kind, mark, path: boxes.join('') }))
    .toSorted((left, right) => Number(left.mark !== undefined) - Number(right.mark !== undefined))
}
