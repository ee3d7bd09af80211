import type { KeyPress } from '../commands/command-for.ts'

/** What the outline does by keys besides moving about in it. Letters lead to a line that starts with them. */
export type OutlineCommand =
  | 'properties'
  | 'rename'
  | 'add'
  | 'moveUp'
  | 'moveDown'
  | 'select'
  | 'remove'

/** The key that adds, as menus show it. */
export const addKey = '+'

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
    case addKey:
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
