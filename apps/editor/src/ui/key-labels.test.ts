import { expect, it } from 'vitest'
import { keyLabels } from './key-labels.ts'

it('writes modifiers as words on a PC', () => {
  expect(keyLabels('Ctrl+Shift+Z', false)).toBe('Ctrl Shift Z')
  expect(keyLabels('Ctrl+Enter', false)).toBe('Ctrl ↵')
})

it('writes modifiers as signs on a Mac', () => {
  expect(keyLabels('Ctrl+Shift+Z', true)).toBe('⌘⇧Z')
})

it('keeps a plus that is itself a key', () => {
  expect(keyLabels('Ctrl++', false)).toBe('Ctrl +')
})
