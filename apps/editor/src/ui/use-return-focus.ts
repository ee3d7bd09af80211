import { useEffect, useState } from 'react'

/**
 * Gives the focus back to what had it before, when the component goes and takes the focus with it.
 * Where that was nothing, or is gone, `orElse` says where to go on; the same function each time.
 */
export function useReturnFocus(orElse?: () => void): void {
  const [before] = useState(() => document.activeElement)
  useEffect(
    () => () => {
      if (isLost() && before instanceof HTMLElement) before.focus({ preventScroll: true })
      if (isLost()) orElse?.()
    },
    [before, orElse],
  )
}

function isLost(): boolean {
  return document.activeElement === document.body
}
