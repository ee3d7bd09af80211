import {
  Cable,
  CircleSlash,
  ClipboardPaste,
  Copy,
  CopyPlus,
  Maximize,
  Pencil,
  Plus,
  Scissors,
  SlidersHorizontal,
  Trash2,
} from 'lucide-react'
import { useDocument } from '../document/document-store.ts'
import { sessionCommands, useSession, type SessionState } from '../session/session-store.ts'
import { MenuItem, MenuSeparator } from '../ui/menu.tsx'
import { canvasCommands, isDisablable } from './canvas-commands.ts'
import { canvasState } from './canvas-store.ts'
import { clipboardActions } from './clipboard-actions.ts'
import { execEdgeId } from './edge-ids.ts'
import type { Point } from './placement.ts'
import { keysOf } from './shortcuts.ts'

/** What the other mouse button was pressed on. */
export type MenuTarget =
  | { readonly kind: 'canvas'; readonly position: Point }
  | { readonly kind: 'node'; readonly nodeId: string }
  | { readonly kind: 'edge'; readonly edgeId: string }

/** Reads what an event on the canvas is about. */
export function menuTargetOf(element: Element, position: Point): MenuTarget {
  const nodeId = element.closest<HTMLElement>('.react-flow__node')?.dataset['id']
  if (nodeId !== undefined) return { kind: 'node', nodeId }
  const edgeId =
    element.closest<SVGElement>('.react-flow__edge')?.dataset['id'] ??
    element.closest<HTMLElement>('[data-edge-id]')?.dataset['edgeId']
  return edgeId === undefined ? { kind: 'canvas', position } : { kind: 'edge', edgeId }
}

export interface CanvasMenuProps {
  readonly target: MenuTarget
  readonly onFit: () => void
}

/** The commands of the context menu, by what it was opened on. */
export function CanvasMenu({ target, onFit }: CanvasMenuProps) {
  switch (target.kind) {
    case 'canvas':
      return <PaneItems position={target.position} onFit={onFit} />
    case 'node':
      return <NodeItems nodeId={target.nodeId} />
    case 'edge':
      return <EdgeItems edgeId={target.edgeId} />
  }
}

function PaneItems({ position, onFit }: { readonly position: Point; readonly onFit: () => void }) {
  return (
    <>
      <MenuItem
        icon={<Plus size={15} aria-hidden />}
        shortcut={keysOf('add')}
        onSelect={() => sessionCommands.openPicker({ position })}
      >
        Add a node
      </MenuItem>
      <MenuItem
        icon={<ClipboardPaste size={15} aria-hidden />}
        shortcut={keysOf('paste')}
        onSelect={() => void clipboardActions.paste(position)}
      >
        Paste
      </MenuItem>
      <MenuSeparator />
      <MenuItem shortcut={keysOf('selectAll')} onSelect={canvasCommands.selectAll}>
        Select all
      </MenuItem>
      <MenuItem
        icon={<Maximize size={15} aria-hidden />}
        shortcut={keysOf('fit')}
        onSelect={() => onFit()}
      >
        Show the whole flow
      </MenuItem>
      <MenuSeparator />
      <MenuItem shortcut={keysOf('help')} onSelect={() => sessionCommands.setHelpOpen(true)}>
        Keyboard shortcuts
      </MenuItem>
    </>
  )
}

const selectCount = (session: SessionState) => session.selectedNodeIds.size

function NodeItems({ nodeId }: { readonly nodeId: string }) {
  const count = useSession(selectCount)
  const node = useDocument.getState().flow.nodes.find(({ id }) => id === nodeId)
  if (node === undefined) return null
  return (
    <>
      {count <= 1 && (
        <>
          <MenuItem
            icon={<SlidersHorizontal size={15} aria-hidden />}
            onSelect={() => sessionCommands.focusNode(nodeId)}
          >
            Properties
          </MenuItem>
          <MenuItem
            icon={<Pencil size={15} aria-hidden />}
            shortcut={keysOf('rename')}
            onSelect={() => sessionCommands.rename(nodeId)}
          >
            Rename
          </MenuItem>
          <MenuItem
            icon={<Cable size={15} aria-hidden />}
            shortcut={keysOf('connect')}
            onSelect={() => canvasState.openConnect(nodeId)}
          >
            Connect to…
          </MenuItem>
          <MenuSeparator />
        </>
      )}
      <MenuItem
        icon={<Copy size={15} aria-hidden />}
        shortcut={keysOf('copy')}
        onSelect={() => void clipboardActions.copy()}
      >
        Copy
      </MenuItem>
      <MenuItem
        icon={<Scissors size={15} aria-hidden />}
        shortcut={keysOf('cut')}
        onSelect={() => void clipboardActions.cut()}
      >
        Cut
      </MenuItem>
      <MenuItem
        icon={<CopyPlus size={15} aria-hidden />}
        shortcut={keysOf('duplicate')}
        onSelect={canvasCommands.duplicate}
      >
        Duplicate
      </MenuItem>
      <MenuItem
        icon={<CircleSlash size={15} aria-hidden />}
        shortcut={keysOf('disable')}
        isDisabled={count <= 1 && !isDisablable(node.type)}
        onSelect={canvasCommands.toggleDisabled}
      >
        {node.disabled === true ? 'Enable' : 'Disable'}
      </MenuItem>
      <MenuSeparator />
      <MenuItem
        icon={<Trash2 size={15} aria-hidden />}
        shortcut={keysOf('remove')}
        isDangerous
        onSelect={canvasCommands.removeSelected}
      >
        {count > 1 ? `Delete ${count} nodes` : 'Delete'}
      </MenuItem>
    </>
  )
}

function EdgeItems({ edgeId }: { readonly edgeId: string }) {
  const edge = useDocument.getState().flow.edges.find((one) => execEdgeId(one) === edgeId)
  return (
    <>
      {edge !== undefined && (
        <MenuItem
          icon={<Plus size={15} aria-hidden />}
          onSelect={() => sessionCommands.openPicker({ splice: edge })}
        >
          Insert a node
        </MenuItem>
      )}
      <MenuItem
        icon={<Trash2 size={15} aria-hidden />}
        shortcut={keysOf('remove')}
        isDangerous
        onSelect={() => canvasCommands.removeEdge(edgeId)}
      >
        Delete edge
      </MenuItem>
    </>
  )
}
