import { useEffect } from 'react'
import type { Viewport } from './react-flow/viewport.ts'

let current: Viewport | undefined

/** The view on the canvas that is shown; `undefined` while none is. */
export function currentViewport(): Viewport | undefined {
  return current
}

/** Makes the view known to commands, which stand outside of the canvas, for as long as it is shown. */
export function useAsCurrentViewport(viewport: Viewport): void {
  useEffect(() => {
    current = viewport
    return () => {
      current = undefined
    }
  }, [viewport])
}
