import { useState, type DragEvent } from 'react'
import { clipboardCommands } from '../clipboard/clipboard-commands.ts'
import { useDocument } from '../document/document-store.ts'
import { droppedTexts } from '../import/dropped-texts.ts'
import { sessionCommands } from '../session/session-store.ts'
import { canvasCommands } from './canvas-commands.ts'
import { canvasState } from './canvas-store.ts'
import { cardMeasures } from './card-layout.ts'
import { execEdgeId } from './edge-ids.ts'
import { droppedNode, isNodeDrag } from './node-drag.ts'
import type { Point } from './placement.ts'
import { edgeUnder } from './react-flow/edge-under.ts'
import type { Viewport } from './react-flow/viewport.ts'
import { toast } from '../ui/toast.ts'

/** What can be dropped on the canvas: a node of the palette, on an edge or beside them all, or a file. */
export function useCanvasDrop({ toCanvas }: Viewport) {
  const [isFileOver, setIsFileOver] = useState(false)

  function onDragOver(event: DragEvent): void {
    const isFile = event.dataTransfer.types.includes('Files')
    const isNode = isNodeDrag(event)
    if (!isFile && !isNode) return
    event.preventDefault()
    setIsFileOver(isFile)
    const edge = isNode ? edgeBelow(event) : undefined
    canvasState.showSplice(edge && execEdgeId(edge))
  }

  function onDragLeave(event: DragEvent): void {
    const isInside =
      event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget)
    if (!isInside) stop()
  }

  function onDrop(event: DragEvent): void {
    stop()
    const at = toCanvas([event.clientX, event.clientY])
    if (event.dataTransfer.files.length > 0) {
      event.preventDefault()
      void pasteFile(event.dataTransfer, at)
      return
    }
    const definition = droppedNode(event)
    if (definition === undefined) return
    event.preventDefault()
    sessionCommands.close()
    const [x, y] = at
    const position: Point = [x - cardMeasures.width / 2, y - cardMeasures.header / 2]
    const splice = edgeBelow(event)
    canvasCommands.add(definition, { position, ...(splice === undefined ? {} : { splice }) })
  }

  function stop(): void {
    setIsFileOver(false)
    canvasState.showSplice(undefined)
  }

  return { isFileOver, handlers: { onDragOver, onDragLeave, onDrop } }
}

/** A file is pasted as if its text had been copied. */
async function pasteFile(data: DataTransfer, at: Point): Promise<void> {
  const [file, ...others] = await droppedTexts(data)
  if (file === undefined) return
  if (others.length > 0) {
    toast.warning('Drop one file at a time. Many flows at once are imported on the Flows page.')
  } else if (file.name?.endsWith('.json') === true) {
    clipboardCommands.paste(file.text, { at })
  } else {
    toast.warning(`“${file.name ?? 'This'}” is no flow. Drop a .json file that Millrace exported.`)
  }
}

function edgeBelow({ clientX, clientY }: DragEvent) {
  return edgeUnder(useDocument.getState().flow, [clientX, clientY])
}
