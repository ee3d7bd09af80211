import { expect, it } from 'vitest'
import { frameAround, itemsIn, noteBoxOf, withContents } from './notes.ts'
import type { Box } from './placement.ts'

const box = (x: number, y: number, width = 100, height = 50): Box => ({ x, y, width, height })

const boxes = new Map([
  ['note:frame', box(0, 0, 400, 300)],
  ['inside', box(20, 60)],
  ['across', box(350, 60)],
])

it('counts as content of a frame what lies wholly in it', () => {
  expect(itemsIn(boxes, 'note:frame')).toEqual(['inside'])
})

it('draws a frame with its title above what it is drawn around', () => {
  expect(frameAround([box(0, 0), box(200, 100)])).toEqual(box(-24, -56, 348, 230))
  expect(frameAround([])).toBeUndefined()
})

it('moves the content of a frame along, unless it goes somewhere itself', () => {
  const frames = new Set(['note:frame'])
  expect([...withContents(new Map([['note:frame', [100, 0]]]), boxes, frames)]).toEqual([
    ['note:frame', [100, 0]],
    ['inside', [120, 60]],
  ])
  const both = new Map([
    ['note:frame', [100, 0]],
    ['inside', [0, 0]],
  ] as const)
  expect(withContents(both, boxes, frames).get('inside')).toEqual([0, 0])
})

it('gives a note that was never sized a size, and none less than can be read', () => {
  expect(noteBoxOf({ id: 'a', text: '', position: [1, 2] })).toEqual(box(1, 2, 240, 136))
  expect(noteBoxOf({ id: 'a', text: '', position: [1, 2], size: [5, 5] })).toEqual(
    box(1, 2, 120, 64),
  )
})
