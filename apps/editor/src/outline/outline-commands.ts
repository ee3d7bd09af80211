import { openProperties } from '../app/panel-layout.ts'
import { placeAt } from '../canvas/add-places.ts'
import { mainFieldOf } from '../canvas/main-field.ts'
import { runCommand } from '../commands/commands.ts'
import { useDocument } from '../document/document-store.ts'
import { sessionCommands, useSession } from '../session/session-store.ts'
import type { NodeItem, OutlineItem } from './outline.ts'

/** What a designer does with a line of the outline. */
export const outlineCommands = {
  /** Opens the picker for a node after a statement, or inside a block or an attachment port. */
  add(item: OutlineItem): void {
    sessionCommands.workIn('outline')
    if (item.kind === 'block' || item.kind === 'attachment') {
      const { flow } = useDocument.getState()
      sessionCommands.openPicker(placeAt(flow, item.nodeId, item.portId))
    } else if (item.kind === 'node') {
      outlineCommands.show(item)
      runCommand('addAfter')
    } else sessionCommands.openPicker()
  },
  /** Leads into the form of a node. */
  openProperties({ node, definition }: NodeItem): void {
    openProperties()
    sessionCommands.focusNode(node.id, mainFieldOf(node, definition))
  },
  /** Selects what a line is about and shows it on the canvas; the focus stays where it is. */
  show(item: OutlineItem): void {
    if (item.kind === 'node') sessionCommands.showNode(item.node.id)
    else if (item.kind === 'note') sessionCommands.select([], [], [item.noteId])
  },
  /** Takes a node into the selection, or out of it. */
  toggleSelected(nodeId: string): void {
    const selected = new Set(useSession.getState().selectedNodeIds)
    if (!selected.delete(nodeId)) selected.add(nodeId)
    sessionCommands.select(selected)
  },
}
