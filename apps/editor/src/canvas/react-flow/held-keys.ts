import { useEffect } from 'react'

let alt = false
let ctrl = false

/** Which keys are held while the pointer moves. React Flow tells of a drag's steps without its event. */
export const heldKeys = {
  isAltHeld: () => alt,
  isCtrlHeld: () => ctrl,
}

/** Keeps `heldKeys` true for as long as the canvas stands. */
export function useHeldKeys(): void {
  useEffect(() => {
    function note(event: PointerEvent | MouseEvent): void {
      alt = event.altKey
      ctrl = event.ctrlKey || event.metaKey
    }
    const types = ['pointerdown', 'pointermove', 'pointerup'] as const
    for (const type of types) window.addEventListener(type, note, true)
    return () => {
      for (const type of types) window.removeEventListener(type, note, true)
    }
  }, [])
}
