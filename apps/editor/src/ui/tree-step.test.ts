import { expect, it } from 'vitest'
import { treeStep, type TreeLine } from './tree-step.ts'

const lines = [
  line('orders', 0, 'open'),
  line('id', 1),
  line('customer', 1, 'closed'),
  line('products', 0, 'closed'),
]

it('moves by one line, and stays at the ends', () => {
  expect(step('ArrowDown', 'orders')).toEqual({ kind: 'move', to: 1 })
  expect(step('ArrowDown', 'products')).toEqual({ kind: 'move', to: 3 })
  expect(step('ArrowUp', 'products')).toEqual({ kind: 'move', to: 2 })
  expect(step('ArrowUp', 'orders')).toEqual({ kind: 'move', to: 0 })
})

it('goes to the ends with Home and End', () => {
  expect(step('Home', 'customer')).toEqual({ kind: 'move', to: 0 })
  expect(step('End', 'customer')).toEqual({ kind: 'move', to: 3 })
})

it('opens with the right arrow, and goes into what is open', () => {
  expect(step('ArrowRight', 'products')).toEqual({ kind: 'toggle' })
  expect(step('ArrowRight', 'orders')).toEqual({ kind: 'move', to: 1 })
  expect(step('ArrowRight', 'id')).toBe(undefined)
})

it('closes with the left arrow, or goes to the line that holds this one', () => {
  expect(step('ArrowLeft', 'orders')).toEqual({ kind: 'toggle' })
  expect(step('ArrowLeft', 'id')).toEqual({ kind: 'move', to: 0 })
  expect(step('ArrowLeft', 'customer')).toEqual({ kind: 'move', to: 0 })
})

it('does nothing with the left arrow on a line that nothing holds', () => {
  expect(step('ArrowLeft', 'products')).toBe(undefined)
})

it('leaves left and right to the text of a search', () => {
  const place = { lines, at: 3, isSearched: true }
  expect(treeStep('ArrowRight', place)).toBe(undefined)
  expect(treeStep('ArrowLeft', place)).toBe(undefined)
  expect(treeStep('ArrowDown', { ...place, at: 0 })).toEqual({ kind: 'move', to: 1 })
})

it('chooses the active line, where there is one', () => {
  expect(step('Enter', 'id')).toEqual({ kind: 'choose' })
  expect(treeStep('Enter', { lines: [], at: -1, isSearched: false })).toBe(undefined)
})

function line(id: string, depth: number, state?: 'open' | 'closed'): TreeLine {
  return { id, depth, isExpandable: state !== undefined, isExpanded: state === 'open' }
}

function step(key: string, id: string) {
  const at = lines.findIndex((one) => one.id === id)
  return treeStep(key, { lines, at, isSearched: false })
}
