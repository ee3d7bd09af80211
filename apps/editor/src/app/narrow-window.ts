import { showKeptProperties, showPropertiesForNow } from './panel-layout.ts'

/** Matches windows that have no room for panels beside the canvas, so that they lie over it. */
export const narrowWindow = '(max-width: 899px)'

/**
 * Leaves the canvas free where a flow is opened in a narrow window: its properties come when they are
 * asked for, or with room for them. A window that becomes narrow later takes nobody's panel away.
 */
export function leaveCanvasFree(): (() => void) | undefined {
  const window = matchMedia(narrowWindow)
  if (!window.matches) return undefined
  showPropertiesForNow(false)
  window.addEventListener('change', showKeptProperties, { once: true })
  return () => {
    window.removeEventListener('change', showKeptProperties)
    showKeptProperties()
  }
}
