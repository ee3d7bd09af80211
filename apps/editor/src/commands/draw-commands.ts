import { Cable, CircleSlash, Pencil, Plus, SlidersHorizontal } from 'lucide-react'
import { canvasCommands, edgesInHand, isDisablable } from '../canvas/canvas-commands.ts'
import { canvasState } from '../canvas/canvas-store.ts'
import { execEdgeId } from '../canvas/edge-ids.ts'
import { sessionCommands } from '../session/session-store.ts'
import { onlyNodeOf, onlyNoteOf, whyNotNodes, whyNotOneNode } from './command-context.ts'
import type { Command, CommandContext } from './command.ts'

/** What can be done with nodes and the edges between them. */
export const drawCommands = {
  add: {
    label: 'Add a node',
    group: 'Draw',
    keys: ['N'],
    icon: Plus,
    menus: ['canvas'],
    words: 'new insert step',
    run: ({ point }) => sessionCommands.openPicker(point === undefined ? {} : { position: point }),
  },
  insert: {
    label: 'Insert a node',
    group: 'Draw',
    keys: ['Insert'],
    icon: Plus,
    menus: ['edge'],
    words: 'add splice between',
    isFor: (context) => selectedEdge(context) !== undefined,
    whyNot: (context) =>
      selectedEdge(context) === undefined ? 'Select the edge between two nodes first.' : undefined,
    run: (context) => {
      const splice = selectedEdge(context)
      if (splice !== undefined) sessionCommands.openPicker({ splice })
    },
  },
  properties: {
    label: 'Properties',
    group: 'Draw',
    icon: SlidersHorizontal,
    menus: ['node'],
    words: 'settings configure form',
    whyNot: whyNotOneNode,
    run: withOnlyNode((nodeId) => sessionCommands.focusNode(nodeId)),
  },
  rename: {
    label: 'Rename the node',
    group: 'Draw',
    keys: ['F2'],
    icon: Pencil,
    menus: ['node', 'note'],
    words: 'title name text note',
    labelNow: (context) =>
      onlyNoteOf(context) === undefined ? 'Rename the node' : 'Edit the text',
    whyNot: (context) => (onlyNoteOf(context) === undefined ? whyNotOneNode(context) : undefined),
    run: (context) => {
      const noteId = onlyNoteOf(context)
      if (noteId !== undefined) canvasState.editNote(noteId)
      else withOnlyNode((nodeId) => sessionCommands.rename(nodeId))(context)
    },
  },
  connect: {
    label: 'Connect to…',
    group: 'Draw',
    keys: ['C'],
    icon: Cable,
    menus: ['node'],
    words: 'wire edge attach link',
    whyNot: whyNotOneNode,
    run: withOnlyNode((nodeId) => sessionCommands.open({ kind: 'connect', nodeId })),
  },
  disable: {
    label: 'Disable or enable',
    group: 'Draw',
    keys: ['D'],
    icon: CircleSlash,
    menus: ['node', 'nodes'],
    words: 'bypass mute skip off on',
    labelNow: (context) => {
      const nodes = disablableNodes(context)
      return nodes.length > 0 && nodes.every(({ disabled }) => disabled) ? 'Enable' : 'Disable'
    },
    whyNot: (context) =>
      whyNotNodes(context) ??
      (disablableNodes(context).length === 0
        ? 'Only nodes that run something can be disabled.'
        : undefined),
    run: canvasCommands.toggleDisabled,
  },
} as const satisfies Readonly<Record<string, Command>>

function withOnlyNode(act: (nodeId: string) => void): Command['run'] {
  return (context) => {
    const nodeId = onlyNodeOf(context)
    if (nodeId !== undefined) act(nodeId)
  }
}

function selectedEdge({ document }: CommandContext) {
  return document.flow.edges.find((edge) => edgesInHand().has(execEdgeId(edge)))
}

function disablableNodes({ document, session }: CommandContext) {
  return document.flow.nodes.filter(
    ({ id, type }) => session.selectedNodeIds.has(id) && isDisablable(type),
  )
}
