/**
 * Calls once when somebody points at something or goes on with Tab: what would still take the focus
 * for an earlier wish, as when its code comes late, is then to leave it. Gives what stops listening.
 */
export function whenLedElsewhere(act: () => void): () => void {
  const listening = new AbortController()
  const options = { capture: true, signal: listening.signal }
  const leave = () => {
    listening.abort()
    act()
  }
  window.addEventListener('pointerdown', leave, options)
  window.addEventListener('keydown', ({ key }) => key === 'Tab' && leave(), options)
  return () => listening.abort()
}
