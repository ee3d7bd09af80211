/** The control of a field, never the buttons around it, apart from fields that are a button. */
const focusable =
  'input:not([type="hidden"]):not([aria-hidden]), textarea, [contenteditable="true"], [role="combobox"], [aria-haspopup][aria-labelledby]'

/** Puts the caret into the control of a field; false when it is not there yet, or not in view. */
export function focusField(field: Element | null | undefined): boolean {
  const control = field?.querySelector<HTMLElement>(focusable)
  control?.focus({ preventScroll: true })
  return control !== undefined && control !== null && control === document.activeElement
}
