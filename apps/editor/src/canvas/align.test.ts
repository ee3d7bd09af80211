import { expect, it } from 'vitest'
import { alignBoxes, distributeBoxes, type Alignment } from './align.ts'
import type { Box } from './placement.ts'

const boxes = new Map<string, Box>([
  ['a', { x: 0, y: 0, width: 256, height: 100 }],
  ['b', { x: 300, y: 40, width: 200, height: 160 }],
  ['c', { x: 900, y: 20, width: 256, height: 100 }],
])

const places = (alignment: Alignment) => Object.fromEntries(alignBoxes(boxes, alignment))

it('lines items up at the edges and the centres of all of them together', () => {
  expect(places('left')).toEqual({ b: [0, 40], c: [0, 20] })
  expect(places('centre')).toEqual({ a: [450, 0], b: [478, 40], c: [450, 20] })
  expect(places('right')).toEqual({ a: [900, 0], b: [956, 40] })
  expect(places('top')).toEqual({ b: [300, 0], c: [900, 0] })
  expect(places('middle')).toEqual({ a: [0, 50], b: [300, 20], c: [900, 50] })
  expect(places('bottom')).toEqual({ a: [0, 100], c: [900, 100] })
})

it('makes the gaps equal between the outermost items, which stay', () => {
  // 1156 pixels less the widths of 712 leave two gaps of 222.
  expect(Object.fromEntries(distributeBoxes(boxes, 'across'))).toEqual({ b: [478, 40] })
})

it('lets nothing overlap where there is no room, and leaves two items alone', () => {
  const tight = distributeBoxes(boxes, 'down')
  expect(Object.fromEntries(tight)).toEqual({ b: [300, 200], c: [900, 100] })
  expect(distributeBoxes(new Map([...boxes].slice(0, 2)), 'across').size).toBe(0)
})
