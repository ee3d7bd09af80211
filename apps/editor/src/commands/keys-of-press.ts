import type { KeyPress } from './command-for.ts'

const modifiers = new Set(['Control', 'Meta', 'Shift', 'Alt', 'AltGraph', 'CapsLock', 'Dead'])

/**
 * A key press as the keys of commands are written: `Ctrl+Shift+Z`. `undefined` for what makes no
 * shortcut: a key that is only held with others, or one that the page must not take.
 */
export function keysOfPress(press: KeyPress): string | undefined {
  const { code, key, shiftKey } = press
  if (modifiers.has(key) || key === 'Tab' || code === '') return undefined
  const isSign = key.length === 1 && /^[^A-Za-z0-9\s]$/.test(key) && !/^(?:Key|Digit)/.test(code)
  const name = isSign ? key : code.replace(/^(?:Key|Digit)(?=.$)/, '')
  return [
    press.ctrlKey || press.metaKey ? 'Ctrl+' : '',
    press.altKey ? 'Alt+' : '',
    // What a sign takes differs from keyboard to keyboard.
    shiftKey && !isSign ? 'Shift+' : '',
    name,
  ].join('')
}
