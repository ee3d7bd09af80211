import { expect, it } from 'vitest'
import { openingView } from './opening-view.ts'
import { isInView, overlaps, type Box } from './placement.ts'

const box = (x: number, y: number, width = 256, height = 120): Box => ({ x, y, width, height })

it('shows a small flow whole and in the middle, at its own size', () => {
  const boxes = new Map([
    ['a', box(0, 0)],
    ['b', box(400, 0)],
  ])
  expect(openingView(boxes, 'a', { window: { width: 1200, height: 800 }, map: undefined })).toEqual(
    { zoom: 1, x: 272, y: 328 },
  )
})

it('opens a flow that does not fit at a size that can be read, at its start', () => {
  const boxes = new Map([
    ['start', box(100, 40)],
    ['end', box(5000, 40)],
  ])
  const view = openingView(boxes, 'start', { window: { width: 1200, height: 800 }, map: undefined })
  expect(view.zoom).toBe(0.85)
  expect(view.x + 100 * view.zoom).toBe(48)
})

it('leaves no room above a flow that is higher than the window', () => {
  const boxes = new Map([
    ['start', box(0, 40)],
    ['end', box(0, 2000)],
  ])
  const view = openingView(boxes, 'start', { window: { width: 1200, height: 500 }, map: undefined })
  expect(view.y + 40 * view.zoom).toBe(48)
})

it('leaves the view of an empty flow alone', () => {
  expect(
    openingView(new Map(), undefined, { window: { width: 1200, height: 800 }, map: undefined }),
  ).toEqual({
    x: 0,
    y: 0,
    zoom: 1,
  })
})

/** The boxes that lie in the corner of the map, in a window with one. */
function belowMap(boxes: ReadonlyMap<string, Box>): readonly string[] {
  const window = { width: 1000, height: 700 }
  const map = { width: 216, height: 166 }
  const { x, y, zoom } = openingView(boxes, 'start', { window, map })
  const corner = { x: window.width - map.width, y: window.height - map.height, ...map }
  return [...boxes].flatMap(([id, { x: left, y: top, width, height }]) =>
    overlaps(corner, {
      x: left * zoom + x,
      y: top * zoom + y,
      width: width * zoom,
      height: height * zoom,
    })
      ? [id]
      : [],
  )
}

it('leaves the map its room where a card of a flow that fits would lie below it', () => {
  const low = new Map([
    ['start', box(0, 0)],
    ['end', box(500, 420)],
  ])
  expect(belowMap(low)).toEqual([])
})

it('stands above the map with a flow that is wider than the window', () => {
  const wide = new Map([
    ['start', box(0, 0)],
    ['low', box(700, 400)],
    ['end', box(4000, 0)],
  ])
  expect(belowMap(wide)).toEqual([])
})

it('stands beside the map with a flow that is higher than the window', () => {
  const high = new Map([
    ['start', box(0, 0)],
    ['right', box(560, 600)],
    ['end', box(0, 4000)],
  ])
  expect(belowMap(high)).toEqual([])
})

it('opens at its start what is larger than the window each way, whatever lies below the map', () => {
  const large = new Map([
    ['start', box(0, 0)],
    ['below', box(950, 700)],
    ['end', box(4000, 4000)],
  ])
  const mapped = { window: { width: 1000, height: 700 }, map: { width: 216, height: 166 } }
  expect(openingView(large, 'start', mapped)).toEqual(
    openingView(large, 'start', { ...mapped, map: undefined }),
  )
})

it('shows all of a flow that can be read rather than leave the map its room', () => {
  const full = new Map([
    ['start', box(0, 0)],
    ['end', box(700, 500)],
  ])
  const mapped = { window: { width: 1000, height: 700 }, map: { width: 216, height: 166 } }
  const view = openingView(full, 'start', mapped)
  expect([...full.values()].every((one) => isInView(one, view, mapped.window))).toBe(true)
})
