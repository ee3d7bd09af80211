import type { DragEvent } from 'react'
import { useDocument } from '../document/document-store.ts'
import { sessionCommands } from '../session/session-store.ts'
import { canvasCommands } from './canvas-commands.ts'
import { canvasState } from './canvas-store.ts'
import { cardMeasures } from './card-layout.ts'
import { execEdgeId } from './edge-ids.ts'
import { droppedNode, isNodeDrag } from './node-drag.ts'
import type { Point } from './placement.ts'
import { edgeUnder } from './react-flow/edge-under.ts'
import type { Viewport } from './react-flow/viewport.ts'

/** What can be dropped on the canvas: a node of the palette, on an edge or beside them all. */
export function useCanvasDrop({ toCanvas }: Viewport) {
  return {
    onDragOver(event: DragEvent): void {
      if (!isNodeDrag(event)) return
      event.preventDefault()
      const edge = edgeBelow(event)
      canvasState.showSplice(edge && execEdgeId(edge))
    },
    onDragLeave(event: DragEvent): void {
      const isInside =
        event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget)
      if (!isInside) canvasState.showSplice(undefined)
    },
    onDrop(event: DragEvent): void {
      canvasState.showSplice(undefined)
      const definition = droppedNode(event)
      if (definition === undefined) return
      event.preventDefault()
      sessionCommands.close()
      const [x, y] = toCanvas([event.clientX, event.clientY])
      const position: Point = [x - cardMeasures.width / 2, y - cardMeasures.header / 2]
      const splice = edgeBelow(event)
      canvasCommands.add(definition, { position, ...(splice === undefined ? {} : { splice }) })
    },
  }
}

function edgeBelow({ clientX, clientY }: DragEvent) {
  return edgeUnder(useDocument.getState().flow, [clientX, clientY])
}
