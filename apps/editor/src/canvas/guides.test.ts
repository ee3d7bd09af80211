import { expect, it } from 'vitest'
import { guidesFor } from './guides.ts'
import type { Box } from './placement.ts'

const box = (x: number, y: number, width = 100, height = 50): Box => ({ x, y, width, height })

it('snaps to the edge of a card that is near, and draws from the one to the other', () => {
  expect(guidesFor(box(203, 300), [box(200, 0)], 6)).toEqual({
    dx: -3,
    dy: 0,
    isHeld: { x: true, y: false },
    lines: [
      { kind: 'edge', axis: 'vertical', at: 200, from: 0, to: 350 },
      { kind: 'edge', axis: 'vertical', at: 250, from: 0, to: 350 },
      { kind: 'edge', axis: 'vertical', at: 300, from: 0, to: 350 },
    ],
  })
})

it('snaps centres of cards of different sizes', () => {
  const { dx, lines } = guidesFor(box(162, 300, 80), [box(100, 0, 200)], 6)
  expect(dx).toBe(-2)
  expect(lines).toEqual([{ kind: 'edge', axis: 'vertical', at: 200, from: 0, to: 350 }])
})

it('takes the nearest of several, and none that is too far', () => {
  expect(guidesFor(box(203, 300), [box(200, 0), box(205, 600)], 6).dx).toBe(2)
  expect(guidesFor(box(207, 300), [box(200, 0)], 6)).toMatchObject({ dx: 0, lines: [] })
})

it('repeats the gap of two cards that stand before it in its row', () => {
  const row = [box(0, 0), box(140, 10)]
  const { dx, lines } = guidesFor(box(283, 17), row, 6)
  expect(dx).toBe(-3)
  expect(lines.filter(({ kind }) => kind === 'gap')).toEqual([
    { kind: 'gap', axis: 'horizontal', at: 42, from: 100, to: 140 },
    { kind: 'gap', axis: 'horizontal', at: 42, from: 240, to: 280 },
  ])
})

it('stands in the middle between two cards, when there is room', () => {
  const row = [box(0, 0), box(300, 10)]
  expect(guidesFor(box(153, 20), row, 6)).toMatchObject({
    dx: -3,
    lines: [
      { kind: 'gap', axis: 'horizontal', from: 100, to: 150 },
      { kind: 'gap', axis: 'horizontal', from: 250, to: 300 },
    ],
  })
  expect(guidesFor(box(103, 20), [box(0, 0), box(150, 10)], 6).dx).toBe(0)
})

it('repeats gaps downwards, too', () => {
  const column = [box(0, 0), box(10, 90)]
  expect(guidesFor(box(30, 183), column, 6).dy).toBe(-3)
})
