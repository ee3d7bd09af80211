import { expect, it } from 'vitest'
import { commandFor, type KeyPress } from './command-for.ts'
import { commandIds, commandOf } from './commands.ts'
import type { KeyFocus } from './key-focus.ts'

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
  expect(commandFor(press('KeyN', { key: 'т' }), 'canvas')).toBe('add')
  expect(commandFor(press('KeyZ', { ctrlKey: true }), 'canvas')).toBe('undo')
  expect(commandFor(press('KeyZ', { metaKey: true, shiftKey: true }), 'canvas')).toBe('redo')
  expect(commandFor(press('KeyY', { ctrlKey: true }), 'canvas')).toBe('redo')
})

it('finds a sign by what it writes, whatever keys that takes', () => {
  expect(commandFor(press('Minus', { key: '?', shiftKey: true }), 'canvas')).toBe('help')
  expect(commandFor(press('Equal', { key: '+', shiftKey: true }), 'canvas')).toBe('zoomIn')
  expect(commandFor(press('NumpadAdd', { key: '+' }), 'canvas')).toBe('zoomIn')
})

it('takes no key from a field or a dialog but the few that count everywhere', () => {
  expect(commandFor(press('KeyN'), 'field')).toBeUndefined()
  expect(commandFor(press('KeyZ', { ctrlKey: true }), 'field')).toBeUndefined()
  expect(commandFor(press('Delete'), 'field')).toBeUndefined()
  expect(commandFor(press('Enter', { ctrlKey: true }), 'field')).toBe('run')
})

it('leaves a sign to the text that it is typed into, whatever it would open', () => {
  const slash = press('Slash', { key: '/' })
  expect(commandFor(slash, 'canvas')).toBe('commands')
  const others: readonly KeyFocus[] = ['field', 'dialog', 'elsewhere']
  expect(others.map((focus) => commandFor(slash, focus))).toEqual([undefined, undefined, undefined])
})

it('leaves Ctrl+Enter to a dialog, and saves from there too', () => {
  expect(commandFor(press('Enter', { ctrlKey: true }), 'dialog')).toBeUndefined()
  expect(commandFor(press('KeyS', { ctrlKey: true }), 'dialog')).toBe('save')
  expect(commandFor(press('KeyZ', { ctrlKey: true }), 'dialog')).toBeUndefined()
})

it('takes no letter and no sign from a field, of whatever command', () => {
  expect(commandFor(press('Slash', { key: '/' }), 'canvas')).toBe('commands')
  expect(commandFor(press('Slash', { key: '/' }), 'field')).toBeUndefined()
  expect(commandFor(press('KeyK', { ctrlKey: true }), 'field')).toBe('commands')
  expect(commandFor(press('F6', { key: 'F6' }), 'field')).toBe('nextRegion')
})

it('takes plain keys only while the canvas has the focus', () => {
  expect(commandFor(press('KeyN'), 'elsewhere')).toBeUndefined()
  expect(commandFor(press('KeyZ', { ctrlKey: true }), 'elsewhere')).toBe('undo')
})

it('leaves other chords alone', () => {
  expect(commandFor(press('KeyN', { ctrlKey: true }), 'canvas')).toBeUndefined()
  expect(commandFor(press('KeyD', { shiftKey: true }), 'canvas')).toBeUndefined()
  expect(commandFor(press('KeyD', { altKey: true }), 'canvas')).toBeUndefined()
})

it('never takes Tab, and binds no keys twice', () => {
  const keys = commandIds.flatMap((id) => commandOf(id).keys ?? [])
  expect(keys.some((one) => one.includes('Tab'))).toBe(false)
  expect(new Set(keys).size).toBe(keys.length)
})

it('tells an arrow by what is held with it', () => {
  expect(commandFor(press('ArrowRight', { altKey: true }), 'canvas')).toBe('goAfter')
  expect(commandFor(press('ArrowRight', { ctrlKey: true }), 'canvas')).toBe('noteWider')
  expect(commandFor(press('ArrowRight'), 'canvas')).toBeUndefined()
})
