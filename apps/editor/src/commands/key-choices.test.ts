import '../testing/memory-storage.ts'
import { afterEach, describe, expect, it } from 'vitest'
import { commandFor, type KeyPress } from './command-for.ts'
import { allKeysOf, keysOf } from './commands.ts'
import { keyChoiceCommands } from './key-choices.ts'
import { keysOfPress } from './keys-of-press.ts'
import { whyNotKeys } from './why-not-keys.ts'

afterEach(keyChoiceCommands.forgetAll)

function press(code: string, key: string, held: Partial<KeyPress> = {}): KeyPress {
  return { code, key, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...held }
}

const ctrlJ = press('KeyJ', 'j', { ctrlKey: true })

it('answers to the keys that were chosen, and no longer to its own, until they are forgotten', () => {
  keyChoiceCommands.choose('add', 'Ctrl+J')
  expect(commandFor(ctrlJ, 'canvas')).toBe('add')
  expect(commandFor(press('KeyN', 'n'), 'canvas')).toBeUndefined()
  expect(keysOf('add')).toBe('Ctrl+J')
  expect(localStorage.getItem('millrace.keys')).toBe('{"add":["Ctrl+J"]}')

  keyChoiceCommands.forget('add')
  expect(allKeysOf('add')).toEqual(['N'])
  expect(commandFor(ctrlJ, 'canvas')).toBeUndefined()
})

it('takes no key for a command while keys are recorded', () => {
  expect(commandFor(press('KeyS', 's', { ctrlKey: true }), 'recorder')).toBeUndefined()
})

describe('keys that are pressed', () => {
  it.each([
    ['Ctrl+J', ctrlJ],
    ['N', press('KeyN', 'т')],
    ['Ctrl+Shift+Z', press('KeyZ', 'Z', { metaKey: true, shiftKey: true })],
    ['Shift+1', press('Digit1', '!', { shiftKey: true })],
    ['?', press('Slash', '?', { shiftKey: true })],
    ['Alt+ArrowRight', press('ArrowRight', 'ArrowRight', { altKey: true })],
    ['F2', press('F2', 'F2')],
  ])('are written %s', (keys, pressed) => {
    expect(keysOfPress(pressed)).toBe(keys)
  })

  it('make no shortcut where they are held only, or are Tab', () => {
    expect(keysOfPress(press('ShiftLeft', 'Shift', { shiftKey: true }))).toBeUndefined()
    expect(keysOfPress(press('Tab', 'Tab'))).toBeUndefined()
  })
})

it('refuses keys that are taken, with what to do', () => {
  expect(whyNotKeys('add', 'Ctrl+Z')).toBe(
    'These keys mean “Undo”. Give that others first, or press others.',
  )
  expect(whyNotKeys('undo', 'Ctrl+Z')).toBeUndefined()
  expect(whyNotKeys('add', 'Ctrl+T')).toContain('browser')
  expect(whyNotKeys('add', 'Enter')).toContain('canvas')
})
