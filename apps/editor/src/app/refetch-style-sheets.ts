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
      setTimeout(() => target.replaceWith(target.cloneNode()), afterMs)
    },
    true, // It does not bubble.
  )
}
