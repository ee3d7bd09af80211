import { expect, it } from 'vitest'
import { lineThrough } from './line-through.ts'
import type { Point } from './placement.ts'

const card = { x: 100, y: 100, width: 256, height: 120 }
/** The middle of the card's head. */
const head: Point = [228, 120]

/** A line from left to right. */
function across(y: number): readonly Point[] {
  return Array.from({ length: 60 }, (_, index) => [index * 8, y] as const)
}

it('finds a line below any part of a card: its head, its body, its foot', () => {
  for (const y of [108, 120, 160, 212]) {
    expect(lineThrough(card, head, [['edge', across(y)]])).toBe('edge')
  }
})

it('leaves a line that passes the card, or touches its border', () => {
  for (const y of [40, 98, 104, 216, 240]) {
    expect(lineThrough(card, head, [['edge', across(y)]])).toBeUndefined()
  }
})

it('takes of several lines the one that is nearest to what the card is held by', () => {
  const lines = [
    ['below', across(200)],
    ['beneath the head', across(130)],
    ['above', across(60)],
  ] as const
  expect(lineThrough(card, head, lines)).toBe('beneath the head')
})
