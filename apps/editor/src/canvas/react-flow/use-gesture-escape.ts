import { useStoreApi } from '@xyflow/react'
import { useEffect } from 'react'
import { canvasState, useCanvas } from '../canvas-store.ts'
import { cancelDrag } from './changes.ts'

/** Escape gives up a drag or a wire, and then means nothing else: what is selected stays so. */
export function useGestureEscape(): void {
  const store = useStoreApi()
  useEffect(() => {
    function cancelWire(): boolean {
      if (useCanvas.getState().wire === undefined) return false
      canvasState.drawWire(undefined)
      store.getState().cancelConnection()
      return true
    }
    function onKeyDown(event: KeyboardEvent): void {
      if (event.key !== 'Escape' || !(cancelDrag() || cancelWire())) return
      event.preventDefault()
      event.stopPropagation()
    }
    // Before React Flow, which deselects the card that has the focus.
    window.addEventListener('keydown', onKeyDown, true)
    return () => window.removeEventListener('keydown', onKeyDown, true)
  }, [store])
}
