/** Opens the menu of an element at a place of the window, as the other mouse button does there. */
export function openContextMenu(element: Element, [clientX, clientY]: readonly [number, number]) {
  const at = { clientX, clientY }
  element.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true, ...at }))
}

/** Whether a key is one that opens menus. */
export function isMenuKey({ key, shiftKey }: Pick<KeyboardEvent, 'key' | 'shiftKey'>): boolean {
  return key === 'ContextMenu' || (shiftKey && key === 'F10')
}
