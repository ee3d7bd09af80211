import { expect, it } from 'vitest'
import { fittingView } from './fitting-view.ts'
import type { Box, Size, View } from './placement.ts'

const window = { width: 1000, height: 700 }
const map = { width: 216, height: 166 }
const box = (x: number, y: number): Box => ({ x, y, width: 256, height: 120 })

/** The edges of all boxes in the window. */
function edgesIn({ x, y, zoom }: View, boxes: readonly Box[]) {
  return {
    right: Math.max(...boxes.map((one) => (one.x + one.width) * zoom + x)),
    bottom: Math.max(...boxes.map((one) => (one.y + one.height) * zoom + y)),
  }
}

function fit(boxes: readonly Box[], size: Size | undefined) {
  const view = fittingView(boxes, { window, map: size })
  return { zoom: view.zoom, ...edgesIn(view, boxes) }
}

it('shows a flow in the middle of the window, no larger than it is', () => {
  expect(fittingView([box(0, 0), box(344, 0)], { window, map })).toEqual({
    zoom: 1,
    x: 200,
    y: 278,
  })
})

it('uses all of the window while nothing lies below the map', () => {
  const row = [box(0, 0), box(2000, 0)]
  expect(fit(row, map)).toEqual(fit(row, undefined))
})

it('ends above the map where a card of a wide flow would lie below it', () => {
  const wide = [box(0, 0), box(900, 600)]
  expect(fit(wide, undefined).bottom).toBeGreaterThan(window.height - map.height)
  expect(fit(wide, map).bottom).toBeLessThanOrEqual(window.height - map.height - 24)
})

it('ends beside the map where a card of a high flow would lie below it', () => {
  const high = [box(0, 0), box(600, 1200)]
  const shown = fit(high, map)
  expect(shown.right).toBeLessThanOrEqual(window.width - map.width - 24)
  expect(shown.bottom).toBeGreaterThan(window.height - map.height)
})

it('shows as much as can be of a flow that is larger than any window', () => {
  expect(fittingView([box(0, 0), box(90_000, 0)], { window, map }).zoom).toBe(0.05)
})
