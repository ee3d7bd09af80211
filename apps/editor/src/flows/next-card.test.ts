import { expect, it } from 'vitest'
import { nextCard } from './next-card.ts'

// 0 1 2
// 3 4
const grid = { count: 5, columns: 3 }

it('leads along the rows and the columns of a grid', () => {
  const from = (index: number, key: string) => nextCard(key, { ...grid, index })
  expect([from(0, 'ArrowRight'), from(2, 'ArrowRight'), from(4, 'ArrowRight')]).toEqual([
    1,
    3,
    undefined,
  ])
  expect([from(1, 'ArrowLeft'), from(0, 'ArrowLeft')]).toEqual([0, undefined])
  expect([from(1, 'ArrowDown'), from(2, 'ArrowDown'), from(4, 'ArrowDown')]).toEqual([
    4,
    4,
    undefined,
  ])
  expect([from(4, 'ArrowUp'), from(1, 'ArrowUp')]).toEqual([1, undefined])
  expect([from(3, 'Home'), from(3, 'End'), from(0, 'Home')]).toEqual([0, 4, undefined])
})

it('leaves every other key alone', () => {
  expect(nextCard('Tab', { ...grid, index: 1 })).toBeUndefined()
})
