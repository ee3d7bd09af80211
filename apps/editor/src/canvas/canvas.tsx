import { useRef, useState, type MouseEvent } from 'react'
import { CommandMenu } from '../commands/command-menu.tsx'
import { LazyRunFromDialog } from '../again/lazy-run-from-dialog.tsx'
import { LazyPasteDialog } from '../clipboard/lazy-paste-dialog.tsx'
import { useClipboardKeys } from '../clipboard/use-clipboard-keys.ts'
import { useDocument, type DocumentState } from '../document/document-store.ts'
import { LazyPinDialog } from '../pins/lazy-pin-dialog.tsx'
import { sessionCommands, useSession, type SessionState } from '../session/session-store.ts'
import { ContextMenu } from '../ui/context-menu.tsx'
import { AddNodePalette } from './add-node-palette.tsx'
import styles from './canvas.module.css'
import { ConnectPalette } from './connect-palette.tsx'
import { useAsCurrentViewport } from './current-viewport.ts'
import { EmptyCanvas } from './empty-canvas.tsx'
import { takeMenuTarget, type MenuTarget } from './menu-target.ts'
import type { Point } from './placement.ts'
import { PortTooltip } from './port-tooltip.tsx'
import { FlowView } from './react-flow/flow-view.tsx'
import { CanvasProvider, useViewport } from './react-flow/viewport.ts'
import { LazyStreamDialog } from './lazy-stream-dialog.tsx'
import { useCanvasDrop } from './use-canvas-drop.ts'
import { useMenuKey } from './use-menu-key.ts'
import { WireMenu } from './wire-menu.tsx'

const selectIsEmpty = ({ flow }: DocumentState) => flow.nodes.length === 0
const selectIsPickerOpen = ({ opened }: SessionState) => opened?.kind === 'picker'

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
  const [menuTarget, setMenuTarget] = useState<MenuTarget>({ menu: 'canvas', place: {} })
  const viewport = useViewport()
  useAsCurrentViewport(viewport)
  useClipboardKeys()
  useMenuKey(stage)

  function pointOf({ clientX, clientY }: { clientX: number; clientY: number }): Point {
    return viewport.toCanvas([clientX, clientY])
  }

  function onContextMenu(event: MouseEvent): void {
    if (!(event.target instanceof Element)) return
    setMenuTarget(takeMenuTarget(event.target, pointOf(event)))
  }

  function onDoubleClick(event: MouseEvent): void {
    if (!(event.target instanceof Element) || !event.target.matches('.react-flow__pane')) return
    sessionCommands.openPicker({ position: pointOf(event) })
  }

  const drop = useCanvasDrop(viewport)

  return (
    <ContextMenu content={<CommandMenu {...menuTarget} />}>
      <div
        ref={stage}
        className={styles.stage}
        data-canvas
        onContextMenuCapture={onContextMenu}
        onDoubleClick={onDoubleClick}
        data-file-over={drop.isFileOver || undefined}
        {...drop.handlers}
      >
        <FlowView />
        {isEmpty && !isPickerOpen && <EmptyCanvas />}
        <AddNodePalette container={stage} />
        <ConnectPalette />
        <WireMenu />
        <PortTooltip />
        <LazyStreamDialog />
        <LazyPasteDialog />
        <LazyPinDialog />
        <LazyRunFromDialog />
      </div>
    </ContextMenu>
  )
}
