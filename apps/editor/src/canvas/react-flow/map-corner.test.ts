import { expect, it } from 'vitest'
import { isInCorner, mapCornerOf, type PlacedCards } from './map-corner.ts'

const measured = { width: 250, height: 100 }
const cards: PlacedCards = {
  width: 1000,
  height: 600,
  transform: [0, 0, 1],
  nodeLookup: new Map([
    ['corner', { position: { x: 700, y: 450 }, measured }],
    ['above', { position: { x: 700, y: 300 }, measured }],
    ['outside', { position: { x: 1100, y: 450 }, measured }],
  ]),
}

it('finds a card that the map would hide', () => {
  expect(isInCorner(cards, ['above', 'corner'])).toBe(true)
  expect(isInCorner(cards, ['above', 'outside', 'gone'])).toBe(false)
  expect(isInCorner({ ...cards, transform: [0, 100, 1] }, ['above'])).toBe(true)
})

it('does not look for many', () => {
  expect(
    isInCorner(
      cards,
      Array.from({ length: 21 }, () => 'corner'),
    ),
  ).toBe(false)
})

it('takes a corner of a window that is large enough, while it is open', () => {
  const window = { width: 1000, height: 700 }
  expect(mapCornerOf(window, { isMapOpen: true })).toEqual({ width: 216, height: 166 })
  expect(mapCornerOf(window, { isMapOpen: false })).toBeUndefined()
  expect(mapCornerOf({ width: 1000, height: 640 }, { isMapOpen: true })).toBeUndefined()
  expect(mapCornerOf({ width: 720, height: 700 }, { isMapOpen: true })).toBeUndefined()
})
