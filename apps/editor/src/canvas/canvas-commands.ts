import {
  detach,
  disconnect,
  isolateNodes,
  lostReferences,
  removeNodes,
  setNodeFields,
  titleOf,
  type Edge,
  type Flow,
  type NodeDefinition,
} from '@millrace/flow'
import { documentCommands, useDocument } from '../document/document-store.ts'
import { registry } from '../registry.ts'
import type { PickerOrigin } from '../session/opened.ts'
import { recentNodes } from '../session/recent.ts'
import { sessionCommands, useSession } from '../session/session-store.ts'
import { canvasState, useCanvas, type WireMenu } from './canvas-store.ts'
import { currentViewport } from './current-viewport.ts'
import { insertNode, spliceNode } from './new-node.ts'
import { countedItems, moveItems, removeItems } from './move-items.ts'
import { noteIdOf } from './notes.ts'
import type { Point } from './placement.ts'
import { attachmentEdgeId, execEdgeId } from './edge-ids.ts'
import type { WireChoice } from './wire-choice.ts'
import { toast } from '../ui/toast.ts'

/** What a designer can do on the canvas; each is one step of the undo history. */
export const canvasCommands = {
  /**
   * Adds a node where it is wanted, wired to what it is wanted for, and selects it; wanted nowhere,
   * it is wired to the selected node, or stands in the middle of the window.
   */
  add(definition: NodeDefinition, origin: PickerOrigin = {}): void {
    let nodeId: string | undefined
    const centre = currentViewport()?.centre() ?? [0, 0]
    const [selectedId, ...others] = useSession.getState().selectedNodeIds
    documentCommands.edit(`Add ${definition.title}`, (flow) => {
      const added = insertNode(flow, registry, {
        definition,
        origin,
        centre,
        besideId: others.length === 0 ? selectedId : undefined,
      })
      nodeId = added.nodeId
      return added.flow
    })
    recentNodes.note(definition.type)
    if (nodeId !== undefined) sessionCommands.focusNode(nodeId)
  },

  /**
   * Ends a wire that was dropped: takes the only way there is, and asks which of several is meant.
   * What gave way is told. `edgeId` is the edge that was taken up to be drawn anew.
   */
  endWire({ choices, point, edgeId }: WireMenu): void {
    const [choice, ...others] = choices
    if (choice === undefined) return
    if (others.length > 0 || choice.asks) {
      canvasState.openWireMenu({ choices, point, edgeId })
      return
    }
    canvasCommands.take(choice, edgeId)
    if (choice.hint !== undefined) tellWithUndo(choice.hint)
  },

  /** Draws a wire in one of its ways; the edge that was taken up for it gives way. */
  take(choice: WireChoice, edgeId?: string): void {
    documentCommands.edit(choice.label, (flow) =>
      choice.apply(edgeId === undefined ? flow : withoutEdges(flow, new Set([edgeId]))),
    )
  },

  /** Puts a node that stands alone into an edge, where it was dropped. */
  moveInto(nodeId: string, place: Point, edge: Edge): void {
    documentCommands.edit('Insert node', (flow) =>
      spliceNode(moveItems(flow, new Map([[nodeId, place]])), registry, { nodeId, edge }),
    )
  },

  /**
   * Removes what is selected, or the edge that has the focus; what ran before a removed node and
   * after it is connected again. Tells how many references that broke.
   */
  removeSelected(): void {
    const { selectedNodeIds, selectedNoteIds } = useSession.getState()
    const items = { nodeIds: selectedNodeIds, noteIds: selectedNoteIds }
    const count = selectedNodeIds.size + selectedNoteIds.size
    const edgeIds = edgesInHand()
    const before = useDocument.getState().flow
    const focused = before.edges.find(
      (edge) => execEdgeId(edge) === useCanvas.getState().focusedEdgeId,
    )
    documentCommands.edit(
      count === 0
        ? 'Delete edge'
        : `Delete ${countedItems(selectedNodeIds.size, selectedNoteIds.size)}`,
      (flow) => {
        if (count + edgeIds.size === 0) return flow
        return withoutEdges(removeItems(flow, registry, items), edgeIds)
      },
    )
    sessionCommands.select([])
    canvasState.focusEdge(undefined)
    // Where the edge had the focus, the keyboard goes on at the node that it led from.
    if (focused !== undefined && edgeIds.has(execEdgeId(focused))) {
      sessionCommands.focusNode(focused.from[0])
    }
    tellOfLostReferences(before, useDocument.getState().flow)
  },

  /** Removes the selected nodes with all their edges: what ran before them and after stays apart. */
  removeWithoutHealing(): void {
    const { selectedNodeIds } = useSession.getState()
    const before = useDocument.getState().flow
    documentCommands.edit(`Delete ${countedItems(selectedNodeIds.size, 0)} and edges`, (flow) =>
      selectedNodeIds.size === 0
        ? flow
        : removeNodes(isolateNodes(flow, selectedNodeIds), registry, selectedNodeIds),
    )
    sessionCommands.select([])
    tellOfLostReferences(before, useDocument.getState().flow)
  },

  /** Removes one edge or attachment by its id on the canvas. */
  removeEdge(edgeId: string): void {
    documentCommands.edit('Delete edge', (flow) => withoutEdges(flow, new Set([edgeId])))
  },

  /** Takes apart what an edge connected, whose end was dropped on nothing. */
  dropEdge(edgeId: string): void {
    documentCommands.edit('Disconnect', (flow) => withoutEdges(flow, new Set([edgeId])))
    tellWithUndo('The two are no longer connected.')
  },

  /** Notes where items were moved to, by their ids on the canvas. Steps of one key in quick succession undo as one. */
  move(places: ReadonlyMap<string, Point>, coalesce?: string): void {
    const notes = [...places.keys()].filter((id) => noteIdOf(id) !== undefined).length
    documentCommands.edit(
      `Move ${countedItems(places.size - notes, notes)}`,
      (flow) => moveItems(flow, places),
      coalesce === undefined ? {} : { coalesce },
    )
  },

  rename(nodeId: string, title: string): void {
    documentCommands.edit('Rename node', (flow) => {
      const node = flow.nodes.find(({ id }) => id === nodeId)
      if (node === undefined) return flow
      const isDefault = title === '' || title === registry.nodes.get(node.type)?.title
      const shown = titleOf(node, registry.nodes.get(node.type))
      return shown === title ? flow : setNodeFields(flow, nodeId, { title: isDefault ? '' : title })
    })
    sessionCommands.rename(undefined)
  },

  /** Disables the selected nodes, or enables them when all of them are disabled. */
  toggleDisabled(): void {
    const { selectedNodeIds } = useSession.getState()
    const nodes = useDocument
      .getState()
      .flow.nodes.filter(({ id, type }) => selectedNodeIds.has(id) && isDisablable(type))
    const disabled = nodes.some((node) => node.disabled !== true)
    documentCommands.edit(disabled ? 'Disable' : 'Enable', (flow) =>
      nodes.reduce((current, { id }) => setNodeFields(current, id, { disabled }), flow),
    )
  },

  selectAll(): void {
    const { nodes, layout } = useDocument.getState().flow
    const idsOf = (items: readonly { readonly id: string }[]) => items.map(({ id }) => id)
    sessionCommands.select(idsOf(nodes), [], idsOf(layout?.notes ?? []))
  },
}

/** Whether a node of the type can be disabled: actions can. */
export function isDisablable(type: string): boolean {
  return registry.nodes.get(type)?.kind === 'action'
}

/** The flow without these edges and attachments, by their ids on the canvas. */
export function withoutEdges(flow: Flow, edgeIds: ReadonlySet<string>): Flow {
  const edges = flow.edges.filter((edge) => edgeIds.has(execEdgeId(edge)))
  const attachments = (flow.attachments ?? []).filter((one) => edgeIds.has(attachmentEdgeId(one)))
  const disconnected = edges.reduce(disconnect, flow)
  return attachments.reduce(detach, disconnected)
}

/** The selected edges; where nothing is selected, the one that has the focus. */
export function edgesInHand(): ReadonlySet<string> {
  const { selectedNodeIds, selectedNoteIds, selectedEdgeIds } = useSession.getState()
  const { focusedEdgeId } = useCanvas.getState()
  const isNothing = selectedNodeIds.size + selectedNoteIds.size + selectedEdgeIds.size === 0
  return isNothing && focusedEdgeId !== undefined ? new Set([focusedEdgeId]) : selectedEdgeIds
}

function tellOfLostReferences(before: Flow, after: Flow): void {
  const count = lostReferences(before, after, registry).length
  if (count === 0) return
  toast.warning(
    count === 1
      ? 'A property referred to what is gone.'
      : `${count} properties referred to what is gone.`,
    {
      action: { label: 'Undo', onClick: documentCommands.undo },
      cancel: {
        label: 'Show problems',
        onClick: () => sessionCommands.openBottomPanel('problems'),
      },
    },
  )
}

function tellWithUndo(message: string): void {
  toast.info(message, { action: { label: 'Undo', onClick: documentCommands.undo } })
}
