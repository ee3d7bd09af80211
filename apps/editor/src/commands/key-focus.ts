/**
 * What has the focus: the canvas or nothing, a dialog, a field or menu, what records keys, or another
 * control.
 */
export type KeyFocus = 'canvas' | 'dialog' | 'field' | 'recorder' | 'elsewhere'

const takesKeys =
  'input, textarea, select, [contenteditable="true"], .cm-editor, [role="menu"], [role="listbox"]'

/** Where the focus is, as far as keys of commands are concerned. */
export function focusOf(target: EventTarget | null): KeyFocus {
  if (!(target instanceof Element) || target === document.body) return 'canvas'
  if (target.closest('[data-records-keys]') !== null) return 'recorder'
  if (target.closest('[role="dialog"]') !== null) return 'dialog'
  if (target.closest(takesKeys) !== null) return 'field'
  return target.closest('[data-canvas]') === null ? 'elsewhere' : 'canvas'
}
