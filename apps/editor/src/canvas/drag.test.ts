import { expect, it } from 'vitest'
import { dragTo, startDrag } from './drag.ts'
import type { Box } from './placement.ts'

const card = (x: number, y: number): Box => ({ x, y, width: 100, height: 50 })
const view: Box = { x: -500, y: -500, width: 2000, height: 2000 }

function start(boxes: Readonly<Record<string, Box>>, ids: readonly string[]) {
  const all = new Map(Object.entries(boxes))
  return startDrag(all, { ids, frameIds: new Set(['note:frame']) }, view)
}

it('goes by the grid where nothing is near, and all by the same way', () => {
  const drag = start({ a: card(0, 0), b: card(4, 100) }, ['a', 'b'])
  expect([...dragTo(drag, ['a', [101, 47]], 6).places]).toEqual([
    ['a', [104, 48]],
    ['b', [108, 148]],
  ])
})

it('prefers a guide to the grid on the axis that has one', () => {
  const drag = start({ a: card(0, 0), b: card(203, 300) }, ['a'])
  const { places, guides } = dragTo(drag, ['a', [201, 101]], 6)
  expect(places.get('a')).toEqual([203, 104])
  expect(guides.map(({ at }) => at)).toEqual([203, 253, 303])
})

it('goes exactly where the pointer is when nothing may hold it', () => {
  const drag = start({ a: card(0, 0), b: card(203, 300) }, ['a'])
  expect(dragTo(drag, ['a', [201, 101]], 0)).toEqual({
    places: new Map([['a', [201, 101]]]),
    guides: [],
  })
})

it('takes along what lies wholly in a frame, and lines up with none of it', () => {
  const boxes = {
    'note:frame': { x: 0, y: 0, width: 400, height: 300 },
    inside: card(50, 50),
    across: card(350, 50),
  }
  const drag = start(boxes, ['note:frame'])
  expect([...drag.start.keys()]).toEqual(['note:frame', 'inside'])
  expect(drag.others).toEqual([boxes.across])
  expect(dragTo(drag, ['note:frame', [800, 0]], 0).places.get('inside')).toEqual([850, 50])
})

it('lines up with nothing that is out of view', () => {
  expect(start({ a: card(0, 0), far: card(5000, 0) }, ['a']).others).toEqual([])
})
