import type { Flow, Registry } from '@millrace/flow'
import { cardMeasures, execInId, type CardLayout } from './card-layout.ts'
import { placeOf } from './automatic-places.ts'
import { cardOf } from './card.ts'

/** A place on the canvas, in canvas pixels. */
export type Point = readonly [x: number, y: number]

export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface Size {
  readonly width: number
  readonly height: number
}

/** Nodes stand on multiples of this. */
export const grid = 8

/** Between cards that the editor places itself. */
export const gap = { x: 80, y: 40 } as const

/** The nearest place on the grid. */
export function snap([x, y]: Point): Point {
  return [Math.round(x / grid) * grid, Math.round(y / grid) * grid]
}

/** The boxes of all cards, with nothing unfolded but the cards that are named. */
export function boxesOf(
  flow: Flow,
  registry: Registry,
  expanded: ReadonlySet<string> = new Set(),
): ReadonlyMap<string, Box> {
  return new Map(
    flow.nodes.map((node) => {
      const [x, y] = placeOf(flow, node.id, registry)
      const { layout } = cardOf(flow, node, {
        registry,
        problems: [],
        isExpanded: expanded.has(node.id),
      })
      return [node.id, { x, y, width: layout.width, height: layout.height }]
    }),
  )
}

/** Where a card's corner must be so that the port where a wire arrives stands at `point`. */
export function cornerForWire(layout: CardLayout, [x, y]: Point, portId = execInId): Point {
  const port = layout.ports.find(({ id }) => id === portId)
  return snap([x - (port?.x ?? 0), y - (port?.y ?? 0)])
}

/** The nearest place at or below `corner` where something of this size covers nothing else. */
export function freePlace(boxes: Iterable<Box>, corner: Point, size: Size): Point {
  const others = [...boxes]
  let [x, y] = snap(corner)
  for (let tries = 0; tries < 200; tries += 1) {
    const here = { x, y, ...size }
    const blocking = others.find((box) => overlaps(box, here))
    if (blocking === undefined) break
    y = snap([x, blocking.y + blocking.height + gap.y / 2 + grid])[1]
  }
  return [x, y]
}

/** Whether two boxes have more than an edge in common. */
export function overlaps(left: Box, right: Box): boolean {
  return (
    left.x < right.x + right.width &&
    right.x < left.x + left.width &&
    left.y < right.y + right.height &&
    right.y < left.y + left.height
  )
}

/** The box around all of them; `undefined` for none. */
export function boundsOf(boxes: Iterable<Box>): Box | undefined {
  const all = [...boxes]
  if (all.length === 0) return undefined
  const x = Math.min(...all.map((box) => box.x))
  const y = Math.min(...all.map((box) => box.y))
  return {
    x,
    y,
    width: Math.max(...all.map((box) => box.x + box.width)) - x,
    height: Math.max(...all.map((box) => box.y + box.height)) - y,
  }
}

/** The place of the canvas under the window, as React Flow takes it. */
export interface View {
  readonly x: number
  readonly y: number
  readonly zoom: number
}

/** Kept free around the cards; the buttons stand in the space at the bottom. */
export const margins = { left: 48, right: 48, top: 48, bottom: 72 } as const

/** Whether the whole of a box is in the window. */
export function isInView(box: Box, { x, y, zoom }: View, window: Size): boolean {
  const left = box.x * zoom + x
  const top = box.y * zoom + y
  return (
    left >= 0 &&
    top >= 0 &&
    left + box.width * zoom <= window.width &&
    top + box.height * zoom <= window.height
  )
}

/** The view with a box in the middle of the window. */
function viewOn(box: Box, zoom: number, window: Size): View {
  return {
    zoom,
    x: window.width / 2 - (box.x + box.width / 2) * zoom,
    y: window.height / 2 - (box.y + box.height / 2) * zoom,
  }
}

/** Around what is brought into view from near by, in pixels of the window. */
const viewMargin = 48

/** What a card and the way to it take, in canvas pixels. */
const nextCard = cardMeasures.width + gap.x

/**
 * The view that shows a box which is not in view: moved no further than it must be where the box is
 * near, so that a designer sees where it is; else with the box in the middle. At its right, where a
 * flow goes on, is room for the next card, unless that would take the card before it out of view.
 */
export function viewShowing(box: Box, { x, y, zoom }: View, window: Size): View {
  const across = { start: box.x * zoom + x, size: box.width * zoom, length: window.width }
  const down = { start: box.y * zoom + y, size: box.height * zoom, length: window.height }
  const isNear =
    Math.abs(shiftInto(across)) <= window.width / 2 &&
    Math.abs(shiftInto(down)) <= window.height / 2
  if (!isNear) return viewOn(box, zoom, window)
  const next = nextCard * zoom
  const room = Math.max(viewMargin, Math.min(next, across.length - across.size - next))
  return { zoom, x: x + shiftInto(across, room), y: y + shiftInto(down) }
}

/** A stretch of a length. */
interface Stretch {
  readonly start: number
  readonly size: number
  readonly length: number
}

/** How far a stretch is to be moved to lie within its length, its start before its end. */
function shiftInto({ start, size, length }: Stretch, roomBehind: number = viewMargin): number {
  const last = length - size - roomBehind
  return Math.max(viewMargin, Math.min(start, last)) - start
}
