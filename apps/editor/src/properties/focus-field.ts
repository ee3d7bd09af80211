import { whenLedElsewhere } from '../ui/when-led-elsewhere.ts'

/** The control of a field, never the buttons around it, apart from fields that are a button. */
const focusable =
  'input:not([type="hidden"]):not([aria-hidden]), textarea, [contenteditable="true"], [role="combobox"], [aria-haspopup][aria-labelledby]'

/** Puts the caret into the control of a field; false when it is not there yet, or not in view. */
export function focusField(field: Element | null | undefined): boolean {
  const control = field?.querySelector<HTMLElement>(focusable)
  control?.focus({ preventScroll: true })
  return control !== undefined && control !== null && control === document.activeElement
}

/**
 * Tries now, in the next frame and with each change below an element, until it works or somebody goes
 * elsewhere: the code of a control may still be on its way, for as long as that takes. Gives what
 * stops it.
 */
export function tryUntilDone(root: Element | null, attempt: () => boolean): () => void {
  if (attempt()) return () => undefined
  const from = document.activeElement
  const frame = requestAnimationFrame(retry)
  const observer = new MutationObserver(retry)
  if (root !== null) observer.observe(root, { childList: true, subtree: true })
  const listenNoMore = whenLedElsewhere(stop)
  function retry(): void {
    // A palette or dialog may have been opened by its keys.
    const isElsewhere = ![from, document.body].includes(document.activeElement)
    if (isElsewhere || attempt()) stop()
  }
  function stop(): void {
    cancelAnimationFrame(frame)
    observer.disconnect()
    listenNoMore()
  }
  return stop
}
