import { describe, expect, it } from 'vitest'
import { freePlace, viewShowing, type Box } from './placement.ts'

const box = (x: number, y: number, width = 256, height = 120): Box => ({ x, y, width, height })

it('finds the next free place below, on the grid', () => {
  expect(freePlace([box(0, 0)], [600, 3], { width: 256, height: 100 })).toEqual([600, 0])
  expect(freePlace([box(0, 0), box(0, 160)], [10, 10], { width: 256, height: 100 })).toEqual([
    8, 312,
  ])
})

describe('the view that shows what is out of view', () => {
  const window = { width: 1000, height: 600 }
  const view = { x: 0, y: 0, zoom: 1 }

  it('moves no further than it must for what is near', () => {
    const box = { x: -20, y: 580, width: 256, height: 100 }
    expect(viewShowing(box, view, window)).toEqual({ x: 68, y: -128, zoom: 1 })
  })

  it('leaves room for the next card at the right, as far as the one before stays in view', () => {
    const roomAt = (zoom: number, width: number): number => {
      const box = { x: (width - 100) / zoom, y: 100, width: 256, height: 100 }
      const moved = viewShowing(box, { ...view, zoom }, { ...window, width })
      return width - ((box.x + box.width) * zoom + moved.x)
    }
    expect(roomAt(1, 1000)).toBe(336)
    expect(roomAt(0.5, 1000)).toBe(168)
    expect(roomAt(1, 800)).toBe(208)
    expect(roomAt(1, 600)).toBe(48)
  })

  it('shows the start of what is larger than the window', () => {
    const box = { x: 60, y: 10, width: 256, height: 900 }
    expect(viewShowing(box, view, window)).toEqual({ x: 0, y: 38, zoom: 1 })
  })

  it('goes to what is far away', () => {
    const box = { x: 5000, y: 0, width: 200, height: 100 }
    expect(viewShowing(box, view, window)).toEqual({ x: -4600, y: 250, zoom: 1 })
  })
})
