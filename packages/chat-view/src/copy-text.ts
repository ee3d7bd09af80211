/**
 * Puts a text on the clipboard; answers whether it is there. Pages without HTTPS have no clipboard of
 * their own, and framed ones may not use it: those select the text and copy it as a reader would.
 */
export async function copyText(text: string): Promise<boolean> {
  // Browsers lack it outside of secure contexts, whatever their types say.
  const clipboard: Clipboard | undefined = navigator.clipboard
  try {
    if (clipboard !== undefined) return await clipboard.writeText(text).then(() => true)
  } catch {
    // Not allowed here.
  }
  return copySelected(text)
}

function copySelected(text: string): boolean {
  const focused = focusedElement()
  const field = document.createElement('textarea')
  field.value = text
  field.style.position = 'fixed'
  field.style.opacity = '0'
  document.body.append(field)
  field.select()
  const isCopied = document.execCommand('copy')
  field.remove()
  if (focused instanceof HTMLElement) focused.focus({ preventScroll: true })
  return isCopied
}

/** It may be in a shadow root, of which the page knows the host alone. */
function focusedElement(): Element | null {
  const { activeElement } = document
  return activeElement?.shadowRoot?.activeElement ?? activeElement
}
