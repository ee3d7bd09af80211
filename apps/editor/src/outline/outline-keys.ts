import type { KeyPress } from '../commands/command-for.ts'

/** The keys of the outline's own commands, as menus show them. Letters lead to a line that starts with them. */
export const outlineKeys = {
  properties: 'Enter',
  rename: 'F2',
  add: '+',
  moveUp: 'Alt+ArrowUp',
  moveDown: 'Alt+ArrowDown',
  select: 'Space',
  remove: 'Delete',
} as const

export type OutlineCommand = keyof typeof outlineKeys

/** What a key press means in the outline, moving about in it aside. */
export function outlineCommandFor({
  key,
  code,
  altKey,
  ctrlKey,
  metaKey,
}: Omit<KeyPress, 'shiftKey'>): OutlineCommand | undefined {
  if (ctrlKey || metaKey) return undefined
  if (altKey) {
    if (code === 'ArrowUp') return 'moveUp'
    return code === 'ArrowDown' ? 'moveDown' : undefined
  }
  switch (key) {
    case 'Enter':
      return 'properties'
    case 'F2':
      return 'rename'
    case '+':
    case 'Insert':
      return 'add'
    case ' ':
      return 'select'
    case 'Delete':
    case 'Backspace':
      return 'remove'
    default:
      return undefined
  }
}
