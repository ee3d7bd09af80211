import { useReactFlow } from '@xyflow/react'
import { useEffect, useRef, type PointerEvent, type RefObject } from 'react'
import { viewMotion } from './view-motion.ts'

/** How much a turn of the wheel zooms, as a power of two for each of its pixels. */
const zoomPerPixel = 1 / 500

interface PressedMap {
  /** From the window to the canvas. */
  readonly toCanvas: DOMMatrix
  /** Where the map is in the window: a drag that leaves it leads to its edge. */
  readonly box: DOMRect
}

interface MapGestures {
  onPointerDown(event: PointerEvent): void
  onPointerMove(event: PointerEvent): void
  onClick(event: { readonly clientX: number; readonly clientY: number }): void
}

/** Moves the view to where the map is clicked, along with the pointer that is dragged over it, and zooms it. */
export function useMapGestures(map: RefObject<SVGSVGElement | null>): MapGestures {
  const { setCenter, getZoom, getViewport, zoomTo } = useReactFlow()
  // As it was when the pointer came down: the map may show more meanwhile.
  const pressed = useRef<PressedMap>(undefined)

  useEffect(() => {
    const element = map.current
    if (element === null) return undefined
    const onWheel = (event: WheelEvent) => {
      event.preventDefault()
      void zoomTo(getViewport().zoom * 2 ** (-event.deltaY * zoomPerPixel))
    }
    element.addEventListener('wheel', onWheel, { passive: false })
    return () => element.removeEventListener('wheel', onWheel)
  }, [map, getViewport, zoomTo])

  function show(at: { clientX: number; clientY: number }, motion?: { duration?: number }): void {
    if (pressed.current === undefined) return
    const { toCanvas, box } = pressed.current
    const place = new DOMPoint(
      Math.min(Math.max(at.clientX, box.left), box.right),
      Math.min(Math.max(at.clientY, box.top), box.bottom),
    ).matrixTransform(toCanvas)
    void setCenter(place.x, place.y, { zoom: getZoom(), ...motion })
  }

  return {
    onPointerDown(event) {
      const toCanvas = map.current?.getScreenCTM()?.inverse()
      if (event.button !== 0 || toCanvas === undefined) return
      pressed.current = { toCanvas, box: event.currentTarget.getBoundingClientRect() }
      event.currentTarget.setPointerCapture(event.pointerId)
    },
    onPointerMove(event) {
      if (event.currentTarget.hasPointerCapture(event.pointerId)) show(event)
    },
    onClick(event) {
      show(event, viewMotion())
    },
  }
}
