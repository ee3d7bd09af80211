/**
 * Does something each time somebody comes back to this window: what it shows may have changed in
 * another one. What is given back ends it.
 */
export function whenLookedAt(action: () => void): () => void {
  const look = () => {
    if (document.visibilityState === 'visible') action()
  }
  window.addEventListener('focus', look)
  document.addEventListener('visibilitychange', look)
  return () => {
    window.removeEventListener('focus', look)
    document.removeEventListener('visibilitychange', look)
  }
}
