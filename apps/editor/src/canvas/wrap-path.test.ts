import { expect, it } from 'vitest'
import { isWrap, wrapPath } from './wrap-path.ts'

const card = (x: number, y: number, height = 120) => ({ x, y, width: 256, height })

it('is for edges that lead back, and not for those that curve to the next card', () => {
  expect(isWrap([256, 60], [304, 60])).toBe(false)
  expect(isWrap([256, 60], [0, 260])).toBe(true)
})

it('leads to the next row through the middle of the gap between the cards', () => {
  const { path, middle } = wrapPath([256, 60], [0, 260], {
    source: card(0, 0),
    target: card(0, 200),
  })
  expect(middle).toEqual([128, 160])
  expect(path).toBe(
    'M256,60 L266,60 Q276,60 276,72 L276,148 Q276,160 264,160 L-8,160 Q-20,160 -20,172 L-20,248 Q-20,260 -10,260 L0,260',
  )
})

it('stays near the next row when that is far, since other cards may reach far down', () => {
  const cards = { source: card(0, 0), target: card(0, 500) }
  expect(wrapPath([256, 60], [0, 560], cards).middle).toEqual([128, 460])
})

it('leads up to a row above, and below cards that stand side by side', () => {
  const up = wrapPath([256, 260], [0, 60], { source: card(0, 200), target: card(0, 0) })
  expect(up.middle[1]).toBe(160)
  const beside = wrapPath([656, 60], [0, 60], { source: card(400, 0), target: card(0, 0, 200) })
  expect(beside.middle[1]).toBe(220)
})
