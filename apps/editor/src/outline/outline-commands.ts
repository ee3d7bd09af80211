import { moveStatement, type StatementMove } from '@millrace/flow'
import { canvasCommands } from '../canvas/canvas-commands.ts'
import { mainFieldOf } from '../canvas/main-field.ts'
import { documentCommands, useDocument } from '../document/document-store.ts'
import { placePanels } from '../app/panel-layout.ts'
import { registry } from '../registry.ts'
import { sessionCommands, useSession } from '../session/session-store.ts'
import type { NodeItem, OutlineItem } from './outline.ts'
import { placeAfter, placeBefore } from './outline-places.ts'

/** What a designer can do in the outline besides what the canvas offers as well. */
export const outlineCommands = {
  /** Opens the picker for a node after a statement, inside a block or an attachment port, or anywhere. */
  add(item: OutlineItem): void {
    sessionCommands.workIn('outline')
    sessionCommands.openPicker(placeAfter(useDocument.getState().flow, registry, item))
  },
  addBefore(item: OutlineItem): void {
    sessionCommands.workIn('outline')
    sessionCommands.openPicker(placeBefore(useDocument.getState().flow, item))
  },
  /** Lets a statement run before the one above it, or after the one below it, in its block. */
  move(move: StatementMove): void {
    const label = move.to === 'before' ? 'Move up' : 'Move down'
    documentCommands.edit(label, (flow) => moveStatement(flow, registry, move))
  },
  canMove(move: StatementMove): boolean {
    const { flow } = useDocument.getState()
    return moveStatement(flow, registry, move) !== flow
  },
  /** Leads into the form of a node. */
  openProperties({ node, definition }: NodeItem): void {
    placePanels({ isPropertiesOpen: true })
    sessionCommands.focusNode(node.id, mainFieldOf(node, definition))
  },
  /** Selects the node of a line and shows it on the canvas; the focus stays where it is. */
  show(item: OutlineItem): void {
    if (item.kind === 'node') sessionCommands.focusNode(item.node.id)
  },
  /** Takes a node into the selection, or out of it. */
  toggleSelected(nodeId: string): void {
    const selected = new Set(useSession.getState().selectedNodeIds)
    if (!selected.delete(nodeId)) selected.add(nodeId)
    sessionCommands.select(selected)
  },
  removeSelected: canvasCommands.removeSelected,
}
