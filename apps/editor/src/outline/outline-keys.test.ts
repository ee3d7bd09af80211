import { expect, it } from 'vitest'
import { outlineCommandFor } from './outline-keys.ts'

function press(key: string, held: Partial<Record<'altKey' | 'ctrlKey', boolean>> = {}) {
  return outlineCommandFor({
    key,
    code: key,
    altKey: false,
    ctrlKey: false,
    metaKey: false,
    ...held,
  })
}

it('moves a statement with Alt and the arrows, and nothing with the arrows alone', () => {
  expect(press('ArrowUp', { altKey: true })).toBe('moveUp')
  expect(press('ArrowDown', { altKey: true })).toBe('moveDown')
  expect(press('ArrowUp')).toBeUndefined()
})

it('adds with plus however it is typed, and with Insert', () => {
  expect([press('+'), press('Insert')]).toEqual(['add', 'add'])
})

it('leaves letters, and what Ctrl means elsewhere, alone', () => {
  expect([
    press('d'),
    press('Delete', { ctrlKey: true }),
    press('Enter', { altKey: true }),
  ]).toEqual([undefined, undefined, undefined])
})
