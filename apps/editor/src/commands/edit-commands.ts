import {
  BoxSelect,
  ClipboardPaste,
  Copy,
  CopyPlus,
  Redo2,
  Scissors,
  Trash2,
  Undo2,
} from 'lucide-react'
import { canvasCommands, edgesInHand } from '../canvas/canvas-commands.ts'
import { countedItems } from '../canvas/move-items.ts'
import { clipboardActions } from '../clipboard/clipboard-actions.ts'
import { clipboardCommands } from '../clipboard/clipboard-commands.ts'
import { documentCommands } from '../document/document-store.ts'
import { sessionCommands } from '../session/session-store.ts'
import { countSelected, whyNotItems, whyNotNodes } from './command-context.ts'
import type { Command, CommandContext } from './command.ts'

/** Undo, the clipboard and the selection. */
export const editCommands = {
  undo: {
    label: 'Undo',
    group: 'Edit',
    keys: ['Ctrl+Z'],
    icon: Undo2,
    labelNow: ({ document }) => withLabel('Undo', document.history.past[0]),
    whyNot: ({ document }) => (document.canUndo ? undefined : 'There is nothing to undo.'),
    run: documentCommands.undo,
  },
  redo: {
    label: 'Redo',
    group: 'Edit',
    keys: ['Ctrl+Shift+Z', 'Ctrl+Y'],
    icon: Redo2,
    labelNow: ({ document }) => withLabel('Redo', document.history.future[0]),
    whyNot: ({ document }) => (document.canRedo ? undefined : 'There is nothing to redo.'),
    run: documentCommands.redo,
  },
  copy: {
    label: 'Copy',
    group: 'Edit',
    keys: ['Ctrl+C'],
    hasNativeKeys: true,
    icon: Copy,
    menus: ['node', 'nodes', 'note'],
    whyNot: whyNotItems,
    run: () => void clipboardActions.copy(),
  },
  cut: {
    label: 'Cut',
    group: 'Edit',
    keys: ['Ctrl+X'],
    hasNativeKeys: true,
    icon: Scissors,
    menus: ['node', 'nodes', 'note'],
    whyNot: whyNotItems,
    run: () => void clipboardActions.cut(),
  },
  paste: {
    label: 'Paste nodes or a flow',
    group: 'Edit',
    keys: ['Ctrl+V'],
    hasNativeKeys: true,
    icon: ClipboardPaste,
    menus: ['canvas'],
    run: ({ point }) => void clipboardActions.paste({ at: point }),
  },
  pasteWithEdges: {
    label: 'Paste with what led there',
    group: 'Edit',
    keys: ['Ctrl+Shift+V'],
    hasNativeKeys: true,
    icon: ClipboardPaste,
    words: 'keep incoming wires edges connected',
    run: ({ point }) => void clipboardActions.paste({ at: point, edges: 'incoming' }),
  },
  duplicate: {
    label: 'Duplicate',
    group: 'Edit',
    keys: ['Ctrl+D'],
    icon: CopyPlus,
    menus: ['node', 'nodes', 'note'],
    words: 'copy',
    whyNot: whyNotItems,
    run: clipboardCommands.duplicate,
  },
  selectAll: {
    label: 'Select all',
    group: 'Edit',
    keys: ['Ctrl+A'],
    icon: BoxSelect,
    menus: ['canvas'],
    run: canvasCommands.selectAll,
  },
  clear: {
    label: 'Select nothing',
    group: 'Edit',
    keys: ['Escape'],
    words: 'deselect',
    run: () => sessionCommands.select([]),
  },
  remove: {
    label: 'Delete',
    group: 'Edit',
    keys: ['Delete', 'Backspace'],
    icon: Trash2,
    menus: ['node', 'nodes', 'edge', 'note'],
    isDangerous: true,
    words: 'remove',
    labelNow: removeLabel,
    whyNot: (context) =>
      countSelected(context) + edgesInHand().size === 0
        ? 'Select a node, a note or an edge first.'
        : undefined,
    run: canvasCommands.removeSelected,
  },
  removeWithoutHealing: {
    label: 'Delete with the edges',
    group: 'Edit',
    keys: ['Shift+Delete', 'Shift+Backspace'],
    icon: Trash2,
    isDangerous: true,
    words: 'remove apart unconnected',
    whyNot: whyNotNodes,
    run: canvasCommands.removeWithoutHealing,
  },
} as const satisfies Readonly<Record<string, Command>>

function withLabel(verb: string, entry: { readonly label: string } | undefined): string {
  return entry === undefined ? verb : `${verb}: ${entry.label}`
}

function removeLabel({ session }: CommandContext): string {
  const { selectedNodeIds: nodes, selectedNoteIds: notes } = session
  const count = nodes.size + notes.size
  if (count > 1) return `Delete ${countedItems(nodes.size, notes.size)}`
  return count === 0 && edgesInHand().size > 0 ? 'Delete edge' : 'Delete'
}
