import { useReactFlow, type Viewport } from '@xyflow/react'
import { useEffect, useRef, type RefObject } from 'react'
import { usePanelLayout } from '../../app/panel-layout.ts'
import { useDocument, type DocumentState } from '../../document/document-store.ts'
import { registry } from '../../registry.ts'
import { useSession, type SessionState } from '../../session/session-store.ts'
import { viewMotion } from './view-motion.ts'
import { itemBoxesOf, noteItemId } from '../notes.ts'
import { openingView } from '../opening-view.ts'
import { boxesOf, isInView, viewShowing } from '../placement.ts'
import { mapCornerOf } from './map-corner.ts'

const selectOpening = (document: DocumentState) => document.opening
const selectRestored = (document: DocumentState) => document.restored
const selectFocus = (session: SessionState) => session.focus

/** Moves the view: to the start of a flow that was opened, to a node that somebody leads to, to what was undone. */
export function useView(container: RefObject<HTMLElement | null>): void {
  useOpeningView(container)
  useFocusedNode(container)
  useRestoredItems(container)
}

/** The view on the flow that was open when the canvas went away, as while older versions are shown. */
let leftView: { readonly opening: number; readonly view: Viewport } | undefined

/**
 * Shows a flow from its start, and goes on doing so as panels open until somebody touches it; a canvas
 * that comes back shows what it showed.
 */
function useOpeningView(container: RefObject<HTMLElement | null>): void {
  const { setViewport, getViewport } = useReactFlow()
  const opening = useDocument(selectOpening)
  const ours = useRef<Viewport>(undefined)

  useEffect(() => {
    const element = container.current
    if (element === null) return undefined
    const show = () => {
      const { flow } = useDocument.getState()
      const start = flow.nodes.find(({ type }) => registry.nodes.get(type)?.kind === 'trigger')
      const window = { width: element.clientWidth, height: element.clientHeight }
      const map = mapCornerOf(window, usePanelLayout.getState())
      const first = (start ?? flow.nodes[0])?.id
      ours.current = openingView(itemBoxesOf(flow, registry), first, { window, map })
      void setViewport(ours.current)
    }
    if (leftView?.opening === opening) void setViewport(leftView.view)
    else show()
    const observer = new ResizeObserver(() => {
      const isUntouched = !useDocument.getState().canUndo && isSameView(getViewport(), ours.current)
      if (isUntouched) show()
    })
    observer.observe(element)
    return () => {
      observer.disconnect()
      leftView = { opening, view: getViewport() }
    }
  }, [opening, container, setViewport, getViewport])
}

/** Brings the node that somebody is led to into view, and puts the focus on its card. */
function useFocusedNode(container: RefObject<HTMLElement | null>): void {
  const { setViewport, getViewport } = useReactFlow()
  const focus = useSession(selectFocus)

  useEffect(() => {
    const element = container.current
    if (focus === undefined || element === null) return undefined
    const box = boxesOf(useDocument.getState().flow, registry).get(focus.nodeId)
    if (box === undefined) return undefined
    const window = { width: element.clientWidth, height: element.clientHeight }
    const view = getViewport()
    if (!isInView(box, view, window)) {
      void setViewport(viewShowing(box, view, window), viewMotion())
    }
    // The card of a node that was just added is not there before the next frame.
    const frame = requestAnimationFrame(() => {
      const isOnCanvas = useSession.getState().workplace === 'canvas' && focus.isQuiet !== true
      if (focus.property === undefined && isOnCanvas) focusCard(element, focus.nodeId)
    })
    return () => cancelAnimationFrame(frame)
  }, [focus, container, setViewport, getViewport])
}

/** Brings what was undone or done again into view, where nothing of it is. */
function useRestoredItems(container: RefObject<HTMLElement | null>): void {
  const { setViewport, getViewport } = useReactFlow()
  const restored = useDocument(selectRestored)

  useEffect(() => {
    const element = container.current
    if (restored === undefined || element === null) return
    const boxes = itemBoxesOf(useDocument.getState().flow, registry)
    const ids = [...restored.nodeIds, ...restored.noteIds.map(noteItemId)]
    const changed = ids.flatMap((id) => boxes.get(id) ?? [])
    const window = { width: element.clientWidth, height: element.clientHeight }
    const view = getViewport()
    const [first] = changed
    if (first === undefined || changed.some((box) => isInView(box, view, window))) return
    void setViewport(viewShowing(first, view, window), viewMotion())
  }, [restored, container, setViewport, getViewport])
}

function isSameView(left: Viewport, right: Viewport | undefined): boolean {
  return right !== undefined && left.x === right.x && left.y === right.y && left.zoom === right.zoom
}

function focusCard(container: HTMLElement, nodeId: string): void {
  const card = container.querySelector<HTMLElement>(`.react-flow__node[data-id="${nodeId}"]`)
  card?.focus({ preventScroll: true })
}
