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

const patienceMs = 5_000

/**
 * Tries now, in the next frame and with each change below an element, until it works or somebody goes
 * elsewhere: the code of a control may still be on its way. Gives what stops it.
 */
export function tryUntilDone(root: Element | null, attempt: () => boolean): () => void {
  if (attempt()) return () => undefined
  const frame = requestAnimationFrame(() => void (attempt() && stop()))
  const observer = new MutationObserver(() => void (attempt() && stop()))
  if (root !== null) observer.observe(root, { childList: true, subtree: true })
  // What has not come by then must not take the focus from something else.
  const timer = setTimeout(stop, patienceMs)
  const listenNoMore = whenLedElsewhere(stop)
  function stop(): void {
    cancelAnimationFrame(frame)
    clearTimeout(timer)
    observer.disconnect()
    listenNoMore()
  }
  return stop
}
