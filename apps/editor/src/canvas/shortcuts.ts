/**
 * Every keyboard shortcut of the designer, in one table: the keys are bound from it, and menus,
 * tooltips and the help sheet show what it says. Nothing here takes Tab, which moves the focus.
 */

/**
 * Where a shortcut counts: a `canvas` one not in a field or dialog, and a plain key on the canvas only;
 * in a dialog Ctrl+Enter is the dialog's.
 */
type Scope = 'canvas' | 'outsideDialogs' | 'everywhere'

/** What has the focus: the canvas or nothing, a dialog, a field or menu, or another control. */
export type KeyFocus = 'canvas' | 'dialog' | 'field' | 'elsewhere'

export interface Shortcut {
  readonly label: string
  readonly group: 'Flow' | 'Edit' | 'Canvas' | 'View'
  readonly scope: Scope
  /** As shown: `Ctrl+Shift+Z`; Ctrl is Command on a Mac. The first one is shown in menus. */
  readonly keys: readonly string[]
  /** The browser or React Flow does it; it is listed for the help sheet only. */
  readonly isNative?: boolean
}

export const shortcuts = {
  run: {
    label: 'Run, or stop the run',
    group: 'Flow',
    scope: 'outsideDialogs',
    keys: ['Ctrl+Enter'],
  },
  save: { label: 'Save now', group: 'Flow', scope: 'everywhere', keys: ['Ctrl+S'] },
  help: { label: 'Show this sheet', group: 'Flow', scope: 'canvas', keys: ['?'] },

  undo: { label: 'Undo', group: 'Edit', scope: 'canvas', keys: ['Ctrl+Z'] },
  redo: { label: 'Redo', group: 'Edit', scope: 'canvas', keys: ['Ctrl+Shift+Z', 'Ctrl+Y'] },
  copy: { label: 'Copy', group: 'Edit', scope: 'canvas', keys: ['Ctrl+C'], isNative: true },
  cut: { label: 'Cut', group: 'Edit', scope: 'canvas', keys: ['Ctrl+X'], isNative: true },
  paste: {
    label: 'Paste nodes or a flow',
    group: 'Edit',
    scope: 'canvas',
    keys: ['Ctrl+V'],
    isNative: true,
  },
  duplicate: { label: 'Duplicate', group: 'Edit', scope: 'canvas', keys: ['Ctrl+D'] },
  selectAll: { label: 'Select all', group: 'Edit', scope: 'canvas', keys: ['Ctrl+A'] },
  remove: { label: 'Delete', group: 'Edit', scope: 'canvas', keys: ['Delete', 'Backspace'] },

  add: { label: 'Add a node', group: 'Canvas', scope: 'canvas', keys: ['N'] },
  rename: { label: 'Rename the node', group: 'Canvas', scope: 'canvas', keys: ['F2'] },
  disable: { label: 'Disable or enable', group: 'Canvas', scope: 'canvas', keys: ['D'] },
  connect: { label: 'Connect the node to…', group: 'Canvas', scope: 'canvas', keys: ['C'] },
  nudge: {
    label: 'Move the node, with Shift further',
    group: 'Canvas',
    scope: 'canvas',
    keys: ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'],
    isNative: true,
  },
  clear: { label: 'Select nothing', group: 'Canvas', scope: 'canvas', keys: ['Escape'] },

  fit: { label: 'Show the whole flow', group: 'View', scope: 'canvas', keys: ['Shift+1', 'F'] },
  fitSelection: { label: 'Show the selection', group: 'View', scope: 'canvas', keys: ['Shift+2'] },
  actualSize: { label: 'Actual size', group: 'View', scope: 'canvas', keys: ['Shift+0'] },
  zoomIn: { label: 'Zoom in', group: 'View', scope: 'canvas', keys: ['+'] },
  zoomOut: { label: 'Zoom out', group: 'View', scope: 'canvas', keys: ['-'] },
} as const satisfies Readonly<Record<string, Shortcut>>

export type ShortcutId = keyof typeof shortcuts

/** What a key press is matched by. */
export type KeyPress = Pick<
  KeyboardEvent,
  'code' | 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'
>

/** The keys of a shortcut as menus and tooltips show them. */
export function keysOf(id: ShortcutId): string {
  return shortcuts[id].keys[0]
}

/**
 * The shortcut that a key press means. Letters and digits go by their place on the keyboard
 * (`event.code`), so they work in every layout; signs such as `?` go by what they write.
 */
export function shortcutFor(press: KeyPress, focus: KeyFocus): ShortcutId | undefined {
  return ids.find((id) => {
    const shortcut: Shortcut = shortcuts[id]
    if (shortcut.isNative === true || !isInReach(shortcut, press, focus)) return false
    return shortcut.keys.some((keys) => isPressed(keys, press))
  })
}

function isInReach({ scope }: Shortcut, { ctrlKey, metaKey }: KeyPress, focus: KeyFocus): boolean {
  if (scope === 'everywhere' || focus === 'canvas') return true
  if (scope === 'outsideDialogs') return focus !== 'dialog'
  // A plain key may mean something to the control that has the focus, or to a voice user's text.
  return focus === 'elsewhere' && (ctrlKey || metaKey)
}

const ids = Object.keys(shortcuts) as readonly ShortcutId[] // the keys of the table above

function isPressed(keys: string, press: KeyPress): boolean {
  const parts = keys === '+' ? ['+'] : keys.split('+')
  const key = parts.at(-1) ?? ''
  const isSign = /^[^A-Za-z0-9]$/.test(key)
  if (press.altKey || (press.ctrlKey || press.metaKey) !== parts.includes('Ctrl')) return false
  // A sign may need Shift on one keyboard and none on another.
  if (isSign) return press.key === key
  if (press.shiftKey !== parts.includes('Shift')) return false
  return press.code === codeOf(key)
}

function codeOf(key: string): string {
  if (/^[A-Z]$/.test(key)) return `Key${key}`
  return /^[0-9]$/.test(key) ? `Digit${key}` : key
}

const takesKeys =
  'input, textarea, select, [contenteditable="true"], .cm-editor, [role="menu"], [role="listbox"]'

/** Where the focus is, as far as shortcuts are concerned. */
export function focusOf(target: EventTarget | null): KeyFocus {
  if (!(target instanceof Element) || target === document.body) return 'canvas'
  if (target.closest('[role="dialog"]') !== null) return 'dialog'
  if (target.closest(takesKeys) !== null) return 'field'
  return target.closest('[data-canvas]') === null ? 'elsewhere' : 'canvas'
}
