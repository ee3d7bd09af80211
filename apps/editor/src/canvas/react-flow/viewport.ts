import { useReactFlow, useStoreApi } from '@xyflow/react'
import { useMemo } from 'react'
import { isInView, margins, viewShowing, type Box, type Point } from '../placement.ts'
import { viewMotion } from './view-motion.ts'

export { ReactFlowProvider as CanvasProvider } from '@xyflow/react'

/** The view on the canvas: where its places stand in the window, and how to move it. */
export interface Viewport {
  /** The place on the canvas under a point of the window. */
  toCanvas(client: Point): Point
  /** The point of the window over a place on the canvas. */
  toWindow(place: Point): Point
  /** Shows these nodes, or all of them. */
  show(nodeIds?: Iterable<string>): void
  /** Moves the view to a box that is not wholly in it. */
  reveal(box: Box): void
  /** Whether a place on the canvas is in the window. */
  isInView(place: Point): boolean
  /** The place in the middle of the window on the canvas. */
  centre(): Point
  zoomBy(step: 'in' | 'out'): void
  zoomTo(zoom: number): void
}

/** The margins as React Flow takes them, to which a number is a part of the window. */
const fitPadding = {
  left: `${margins.left}px`,
  right: `${margins.right}px`,
  top: `${margins.top}px`,
  bottom: `${margins.bottom}px`,
} as const

/** The view of the canvas that the component stands in. */
export function useViewport(): Viewport {
  const { screenToFlowPosition, flowToScreenPosition } = useReactFlow()
  const { getViewport, setViewport } = useReactFlow()
  const { fitView, zoomIn, zoomOut, zoomTo } = useReactFlow()
  const store = useStoreApi()
  return useMemo(
    () => ({
      toCanvas([x, y]) {
        const place = screenToFlowPosition({ x, y })
        return [place.x, place.y]
      },
      toWindow([x, y]) {
        const point = flowToScreenPosition({ x, y })
        return [point.x, point.y]
      },
      show(nodeIds) {
        const nodes = nodeIds === undefined ? undefined : [...nodeIds].map((id) => ({ id }))
        if (nodes?.length === 0) return
        void fitView({
          padding: fitPadding,
          maxZoom: 1,
          ...viewMotion(),
          ...(nodes === undefined ? {} : { nodes }),
        })
      },
      reveal(box) {
        const view = getViewport()
        const window = store.getState()
        if (!isInView(box, view, window)) {
          void setViewport(viewShowing(box, view, window), viewMotion())
        }
      },
      isInView([x, y]) {
        return isInView({ x, y, width: 0, height: 0 }, getViewport(), store.getState())
      },
      centre() {
        const { width, height } = store.getState()
        const { x, y, zoom } = getViewport()
        return [(width / 2 - x) / zoom, (height / 2 - y) / zoom]
      },
      zoomBy: (step) => void (step === 'in' ? zoomIn(viewMotion()) : zoomOut(viewMotion())),
      zoomTo: (zoom) => void zoomTo(zoom, viewMotion()),
    }),
    [
      screenToFlowPosition,
      flowToScreenPosition,
      getViewport,
      setViewport,
      fitView,
      zoomIn,
      zoomOut,
      zoomTo,
      store,
    ],
  )
}
