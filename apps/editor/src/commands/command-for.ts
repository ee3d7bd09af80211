import type { Command } from './command.ts'
import { allKeysOf, commandIds, commandOf, type CommandId } from './commands.ts'
import type { KeyFocus } from './key-focus.ts'

/** What a key press is matched by. */
export type KeyPress = Pick<
  KeyboardEvent,
  'code' | 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'
>

/**
 * The command that a key press means. Letters and digits go by their place on the keyboard
 * (`event.code`), so they work in every layout; signs such as `?` go by what they write.
 */
export function commandFor(press: KeyPress, focus: KeyFocus): CommandId | undefined {
  return commandIds.find((id) => {
    const command = commandOf(id)
    if (command.hasNativeKeys === true || !isInReach(command, press, focus)) return false
    return allKeysOf(id).some((keys) => isPressed(keys, press))
  })
}

function isInReach({ scope }: Command, press: KeyPress, focus: KeyFocus): boolean {
  const isHeld = press.ctrlKey || press.metaKey
  if (focus === 'recorder') return false
  if (focus === 'canvas') return true
  // What writes something is the field's, such as `/`, which also stands for a value there.
  if (press.key.length === 1 && !isHeld) return false
  if (scope === 'everywhere') return true
  if (scope === 'outsideDialogs') return focus !== 'dialog'
  // A plain key may mean something to the control that has the focus, or to a voice user's text.
  return focus === 'elsewhere' && isHeld
}

function isPressed(keys: string, press: KeyPress): boolean {
  const parts = keys === '+' ? ['+'] : keys.split('+')
  const key = parts.at(-1) ?? ''
  const isSign = /^[^A-Za-z0-9]$/.test(key)
  if (press.altKey !== parts.includes('Alt')) return false
  if ((press.ctrlKey || press.metaKey) !== parts.includes('Ctrl')) return false
  // A sign may need Shift on one keyboard and none on another.
  if (isSign) return press.key === key
  if (press.shiftKey !== parts.includes('Shift')) return false
  return press.code === codeOf(key)
}

function codeOf(key: string): string {
  if (/^[A-Z]$/.test(key)) return `Key${key}`
  return /^[0-9]$/.test(key) ? `Digit${key}` : key
}
