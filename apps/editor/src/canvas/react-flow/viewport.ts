import { useReactFlow, useStoreApi } from '@xyflow/react'
import { useCallback, useContext, useMemo } from 'react'
import { usePanelLayout } from '../../app/panel-layout.ts'
import { useDocument } from '../../document/document-store.ts'
import { registry } from '../../registry.ts'
import { useCanvas } from '../canvas-store.ts'
import { fittingView } from '../fitting-view.ts'
import { isInView, viewShowing, type Box, type Point } from '../placement.ts'
import { itemBoxesOf } from '../notes.ts'
import { ShownFlow } from '../shown-flow.ts'
import { mapCornerOf } from './map-corner.ts'
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

/** The view of the canvas that the component stands in. */
export function useViewport(): Viewport {
  const { screenToFlowPosition, flowToScreenPosition } = useReactFlow()
  const { getViewport, setViewport } = useReactFlow()
  const { zoomIn, zoomOut, zoomTo } = useReactFlow()
  const store = useStoreApi()
  const readBoxes = useBoxReader()
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
        const boxes = readBoxes()
        const shown =
          nodeIds === undefined
            ? [...boxes.values()]
            : [...nodeIds].flatMap((id) => boxes.get(id) ?? [])
        if (shown.length === 0) return
        const window = store.getState()
        const map = mapCornerOf(window, usePanelLayout.getState())
        void setViewport(fittingView(shown, { window, map }), viewMotion())
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
      readBoxes,
      zoomIn,
      zoomOut,
      zoomTo,
      store,
    ],
  )
}

/** Where every item stands in the document that is shown, whether it is drawn there already or not. */
function useBoxReader(): () => ReadonlyMap<string, Box> {
  const shown = useContext(ShownFlow)
  return useCallback(
    () =>
      shown === undefined
        ? itemBoxesOf(useDocument.getState().flow, registry, useCanvas.getState().expanded)
        : itemBoxesOf(shown, registry),
    [shown],
  )
}
