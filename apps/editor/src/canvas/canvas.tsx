import { useRef, useState, type DragEvent, type MouseEvent } from 'react'
import { documentCommands, useDocument, type DocumentState } from '../document/document-store.ts'
import { registry } from '../registry.ts'
import { sessionCommands, useSession, type SessionState } from '../session/session-store.ts'
import { ContextMenu } from '../ui/context-menu.tsx'
import { AddNodePalette, draggedNodeType } from './add-node-palette.tsx'
import { canvasCommands } from './canvas-commands.ts'
import { CanvasMenu, menuTargetOf, type MenuTarget } from './canvas-menu.tsx'
import { canvasState } from './canvas-store.ts'
import styles from './canvas.module.css'
import { ConnectPalette } from './connect-palette.tsx'
import { EmptyCanvas } from './empty-canvas.tsx'
import { HelpSheet } from './help-sheet.tsx'
import { cardMeasures } from './card-layout.ts'
import type { Point } from './placement.ts'
import { edgeUnder } from './react-flow/edge-under.ts'
import { FlowView } from './react-flow/flow-view.tsx'
import { CanvasProvider, useViewport } from './react-flow/viewport.ts'
import { StreamDialog } from './stream-dialog.tsx'
import { useClipboardKeys } from './use-clipboard-keys.ts'
import { useShortcuts } from './use-shortcuts.ts'
import { WireMenu } from './wire-menu.tsx'

const selectIsEmpty = ({ flow }: DocumentState) => flow.nodes.length === 0
const selectIsPickerOpen = (session: SessionState) => session.isPickerOpen

/** The canvas of the open document, with everything that floats over it. */
export function Canvas() {
  return (
    <CanvasProvider>
      <CanvasStage />
    </CanvasProvider>
  )
}

function CanvasStage() {
  const isEmpty = useDocument(selectIsEmpty)
  const isPickerOpen = useSession(selectIsPickerOpen)
  const stage = useRef<HTMLDivElement>(null)
  const [menuTarget, setMenuTarget] = useState<MenuTarget>({ kind: 'canvas', position: [0, 0] })
  const viewport = useViewport()
  useClipboardKeys()

  useShortcuts({
    undo: documentCommands.undo,
    redo: documentCommands.redo,
    remove: canvasCommands.removeSelected,
    duplicate: canvasCommands.duplicate,
    selectAll: canvasCommands.selectAll,
    disable: canvasCommands.toggleDisabled,
    add: () => sessionCommands.openPicker(),
    rename: () => withOnlySelected(sessionCommands.rename),
    connect: () => withOnlySelected(canvasState.openConnect),
    clear: () => sessionCommands.select([]),
    help: () => sessionCommands.setHelpOpen(true),
    fit: () => viewport.show(),
    fitSelection: () => viewport.show(useSession.getState().selectedNodeIds),
    actualSize: () => viewport.zoomTo(1),
    zoomIn: () => viewport.zoomBy('in'),
    zoomOut: () => viewport.zoomBy('out'),
  })

  function pointOf({ clientX, clientY }: { clientX: number; clientY: number }): Point {
    return viewport.toCanvas([clientX, clientY])
  }

  function onContextMenu(event: MouseEvent): void {
    if (!(event.target instanceof Element)) return
    const target = menuTargetOf(event.target, pointOf(event))
    if (target.kind === 'node' && !useSession.getState().selectedNodeIds.has(target.nodeId)) {
      sessionCommands.select([target.nodeId])
    }
    setMenuTarget(target)
  }

  function onDoubleClick(event: MouseEvent): void {
    if (!(event.target instanceof Element) || !event.target.matches('.react-flow__pane')) return
    sessionCommands.openPicker({ position: pointOf(event) })
  }

  function onDrop(event: DragEvent): void {
    const definition = registry.nodes.get(event.dataTransfer.getData(draggedNodeType))
    if (definition === undefined) return
    event.preventDefault()
    sessionCommands.closePicker()
    const [x, y] = pointOf(event)
    const position: Point = [x - cardMeasures.width / 2, y - cardMeasures.header / 2]
    const splice = edgeUnder(useDocument.getState().flow, [event.clientX, event.clientY])
    canvasCommands.add(definition, { position, ...(splice === undefined ? {} : { splice }) }, [
      x,
      y,
    ])
  }

  return (
    <ContextMenu content={<CanvasMenu target={menuTarget} onFit={viewport.show} />}>
      <div
        ref={stage}
        className={styles.stage}
        data-canvas
        onContextMenuCapture={onContextMenu}
        onDoubleClick={onDoubleClick}
        onDragOver={(event) => {
          if (event.dataTransfer.types.includes(draggedNodeType)) event.preventDefault()
        }}
        onDrop={onDrop}
      >
        <FlowView />
        {isEmpty && !isPickerOpen && <EmptyCanvas />}
        <AddNodePalette container={stage} />
        <ConnectPalette />
        <WireMenu />
        <HelpSheet />
        <StreamDialog />
      </div>
    </ContextMenu>
  )
}

function withOnlySelected(act: (nodeId: string) => void): void {
  const [nodeId, ...others] = useSession.getState().selectedNodeIds
  if (nodeId !== undefined && others.length === 0) act(nodeId)
}
