import { useConnectivity } from '../api/connectivity.ts'

const afterMs = 2000

/**
 * Asks for a style sheet that could not be fetched until it is there. Vite fails the part that waits
 * for it once, and shows that part without it when it is asked for again.
 */
export function refetchStyleSheets(): void {
  window.addEventListener(
    'error',
    ({ target }) => {
      if (!(target instanceof HTMLLinkElement) || target.rel !== 'stylesheet') return
      setTimeout(() => onceOnline(() => target.replaceWith(target.cloneNode())), afterMs)
    },
    true, // It does not bubble.
  )
}

/** Nobody is asked again and again while it is known that nothing answers. */
function onceOnline(callback: () => void): void {
  if (useConnectivity.getState().isOnline) {
    callback()
    return
  }
  const forget = useConnectivity.subscribe(({ isOnline }) => {
    if (!isOnline) return
    forget()
    callback()
  })
}
