import { useReactFlow } from '@xyflow/react'
import { registry } from '@millrace/nodes'
import { useEffect, type RefObject } from 'react'
import { useDocument, type DocumentState } from '../../document/document-store.ts'
import { useSession, type SessionState } from '../../session/session-store.ts'
import { boxesOf, openingView } from '../placement.ts'

const selectOpening = (document: DocumentState) => document.opening
const selectFocus = (session: SessionState) => session.focus

/** Moves the view: to the start of a flow that was opened, and to a node that somebody leads to. */
export function useView(container: RefObject<HTMLElement | null>): void {
  const { setViewport, getViewport } = useReactFlow()
  const opening = useDocument(selectOpening)
  const focus = useSession(selectFocus)

  useEffect(() => {
    const { flow } = useDocument.getState()
    const window = container.current?.getBoundingClientRect()
    if (window === undefined) return
    const start = flow.nodes.find(({ type }) => registry.nodes.get(type)?.kind === 'trigger')
    void setViewport(openingView(boxesOf(flow, registry), (start ?? flow.nodes[0])?.id, window))
  }, [opening, container, setViewport])

  useEffect(() => {
    const window = container.current?.getBoundingClientRect()
    if (focus === undefined || window === undefined) return
    const box = boxesOf(useDocument.getState().flow, registry).get(focus.nodeId)
    if (box === undefined) return
    const { x, y, zoom } = getViewport()
    const left = box.x * zoom + x
    const top = box.y * zoom + y
    const isInView =
      left >= 0 &&
      top >= 0 &&
      left + box.width * zoom <= window.width &&
      top + box.height * zoom <= window.height
    // The card of a node that was just added is not there before the next frame.
    const frame = requestAnimationFrame(() => {
      if (focus.property === undefined) focusCard(container.current, focus.nodeId)
    })
    if (isInView) return () => cancelAnimationFrame(frame)
    void setViewport(
      {
        zoom,
        x: window.width / 2 - (box.x + box.width / 2) * zoom,
        y: window.height / 2 - (box.y + box.height / 2) * zoom,
      },
      { duration: 200 },
    )
    return () => cancelAnimationFrame(frame)
  }, [focus, container, setViewport, getViewport])
}

function focusCard(container: HTMLElement | null, nodeId: string): void {
  const card = container?.querySelector<HTMLElement>(`.react-flow__node[data-id="${nodeId}"]`)
  card?.focus({ preventScroll: true })
}
