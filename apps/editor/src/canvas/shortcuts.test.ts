import { expect, it } from 'vitest'
import { shortcutFor, shortcuts, type KeyPress } from './shortcuts.ts'

function press(code: string, rest: Partial<KeyPress> = {}): KeyPress {
  return {
    code,
    key: code.replace(/^Key/, '').toLowerCase(),
    ctrlKey: false,
    metaKey: false,
    shiftKey: false,
    altKey: false,
    ...rest,
  }
}

it('finds a letter by its place on the keyboard', () => {
  expect(shortcutFor(press('KeyN', { key: 'т' }), 'canvas')).toBe('add')
  expect(shortcutFor(press('KeyZ', { ctrlKey: true }), 'canvas')).toBe('undo')
  expect(shortcutFor(press('KeyZ', { metaKey: true, shiftKey: true }), 'canvas')).toBe('redo')
  expect(shortcutFor(press('KeyY', { ctrlKey: true }), 'canvas')).toBe('redo')
})

it('finds a sign by what it writes, whatever keys that takes', () => {
  expect(shortcutFor(press('Minus', { key: '?', shiftKey: true }), 'canvas')).toBe('help')
  expect(shortcutFor(press('Equal', { key: '+', shiftKey: true }), 'canvas')).toBe('zoomIn')
  expect(shortcutFor(press('NumpadAdd', { key: '+' }), 'canvas')).toBe('zoomIn')
})

it('takes no key from a field or a dialog but the few that count everywhere', () => {
  expect(shortcutFor(press('KeyN'), 'field')).toBeUndefined()
  expect(shortcutFor(press('KeyZ', { ctrlKey: true }), 'field')).toBeUndefined()
  expect(shortcutFor(press('Delete'), 'field')).toBeUndefined()
  expect(shortcutFor(press('Enter', { ctrlKey: true }), 'field')).toBe('run')
})

it('leaves Ctrl+Enter to a dialog, and saves from there too', () => {
  expect(shortcutFor(press('Enter', { ctrlKey: true }), 'dialog')).toBeUndefined()
  expect(shortcutFor(press('KeyS', { ctrlKey: true }), 'dialog')).toBe('save')
  expect(shortcutFor(press('KeyZ', { ctrlKey: true }), 'dialog')).toBeUndefined()
})

it('takes plain keys only while the canvas has the focus', () => {
  expect(shortcutFor(press('KeyN'), 'elsewhere')).toBeUndefined()
  expect(shortcutFor(press('KeyZ', { ctrlKey: true }), 'elsewhere')).toBe('undo')
})

it('leaves other chords alone', () => {
  expect(shortcutFor(press('KeyN', { ctrlKey: true }), 'canvas')).toBeUndefined()
  expect(shortcutFor(press('KeyD', { shiftKey: true }), 'canvas')).toBeUndefined()
  expect(shortcutFor(press('KeyD', { altKey: true }), 'canvas')).toBeUndefined()
})

it('never takes Tab, and binds no keys twice', () => {
  const keys = Object.values(shortcuts).flatMap((shortcut): readonly string[] => shortcut.keys)
  expect(keys.some((one) => one.includes('Tab'))).toBe(false)
  expect(new Set(keys).size).toBe(keys.length)
})
