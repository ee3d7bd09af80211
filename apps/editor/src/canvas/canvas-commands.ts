import {
  detach,
  disconnect,
  moveNodes,
  removeNodes,
  setNodeFields,
  titleOf,
  type Edge,
  type Flow,
  type NodeDefinition,
} from '@millrace/flow'
import { toast } from 'sonner'
import { documentCommands, useDocument } from '../document/document-store.ts'
import { registry } from '../registry.ts'
import type { PickerOrigin } from '../session/opened.ts'
import { sessionCommands, useSession } from '../session/session-store.ts'
import { copyNodes, pasteNodes } from './clipboard.ts'
import { insertNode, spliceNode } from './new-node.ts'
import type { Point } from './placement.ts'
import { attachmentEdgeId, execEdgeId } from './edge-ids.ts'
import { refusalOf, replacedBy, wiringOf, type PortEnd } from './wiring.ts'

/** What a designer can do on the canvas; each is one step of the undo history. */
export const canvasCommands = {
  /**
   * Adds a node where the picker was opened, wired to what it was opened from, and selects it.
   * `centre` is the middle of the window, for a picker that was opened from nowhere.
   */
  add(definition: NodeDefinition, origin: PickerOrigin, centre: Point): void {
    let nodeId: string | undefined
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
    if (nodeId !== undefined) sessionCommands.focusNode(nodeId)
  },

  /** Draws a wire between two ports; where it does not fit, says why and draws nothing. */
  wire(from: PortEnd, to: PortEnd): boolean {
    const { flow } = useDocument.getState()
    const wiring = wiringOf(flow, registry, { from, to })
    if (wiring === undefined || wiring.refusal !== undefined) {
      const reason = refusalOf(flow, registry, { from, to })
      if (reason !== undefined) toast.warning(reason)
      return false
    }
    documentCommands.edit(wiring.label, wiring.apply)
    const replaced = replacedBy(flow, { from, to })
    if (replaced !== undefined) tellOfReplaced(flow, replaced)
    return true
  },

  /** Puts a node that stands alone into the middle of an edge. */
  splice(nodeId: string, edge: Edge): void {
    documentCommands.edit('Insert node', (flow) => spliceNode(flow, registry, { nodeId, edge }))
  },

  /** Removes what is selected; what ran before a removed node and after it is connected again. */
  removeSelected(): void {
    const { selectedNodeIds, selectedEdgeIds } = useSession.getState()
    const count = selectedNodeIds.size
    if (count + selectedEdgeIds.size === 0) return
    const label =
      count === 0 ? 'Delete edge' : count === 1 ? 'Delete node' : `Delete ${count} nodes`
    documentCommands.edit(label, (flow) =>
      withoutEdges(
        count === 0 ? flow : removeNodes(flow, registry, selectedNodeIds),
        selectedEdgeIds,
      ),
    )
    sessionCommands.select([])
  },

  /** Removes one edge or attachment by its id on the canvas. */
  removeEdge(edgeId: string): void {
    documentCommands.edit('Delete edge', (flow) => withoutEdges(flow, new Set([edgeId])))
  },

  /** Notes where nodes were moved to. Steps of one key in quick succession undo as one. */
  move(positions: ReadonlyMap<string, Point>, coalesce?: string): void {
    documentCommands.edit(
      positions.size === 1 ? 'Move node' : `Move ${positions.size} nodes`,
      (flow) => moveNodes(flow, positions),
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
    sessionCommands.select(useDocument.getState().flow.nodes.map(({ id }) => id))
  },

  /** The selected nodes as text for the clipboard; `undefined` when none is selected. */
  copied(): string | undefined {
    const { selectedNodeIds } = useSession.getState()
    if (selectedNodeIds.size === 0) return undefined
    return copyNodes(useDocument.getState().flow, selectedNodeIds)
  },

  duplicate(): void {
    const text = canvasCommands.copied()
    if (text !== undefined) insert('Duplicate', text, ([x, y]) => [x + 32, y + 32])
  },

  /** Pastes nodes or a whole flow; at `centre`, or beside the place they were copied from. */
  paste(text: string, centre?: Point): void {
    insert('Paste', text, ([x, y]) => centre ?? [x + 32, y + 32])
  },
}

/** Whether a node of the type can be disabled: actions can. */
export function isDisablable(type: string): boolean {
  return registry.nodes.get(type)?.kind === 'action'
}

function insert(label: string, text: string, place: (corner: Point) => Point): void {
  let nodeIds: readonly string[] = []
  documentCommands.edit(label, (flow) => {
    const result = pasteNodes(flow, registry, { text, place })
    if (result.status === 'refused') {
      toast.warning(result.reason)
      return flow
    }
    nodeIds = result.nodeIds
    return result.flow
  })
  if (nodeIds.length > 0) sessionCommands.select(nodeIds)
}

function withoutEdges(flow: Flow, edgeIds: ReadonlySet<string>): Flow {
  const edges = flow.edges.filter((edge) => edgeIds.has(execEdgeId(edge)))
  const attachments = (flow.attachments ?? []).filter((one) => edgeIds.has(attachmentEdgeId(one)))
  const disconnected = edges.reduce(disconnect, flow)
  return attachments.reduce(detach, disconnected)
}

function tellOfReplaced(flow: Flow, { from: [nodeId] }: Edge): void {
  const node = flow.nodes.find(({ id }) => id === nodeId)
  const title = node === undefined ? nodeId : titleOf(node, registry.nodes.get(node.type))
  toast.info(`The edge from "${title}" gave way: a node follows one other.`, {
    action: { label: 'Undo', onClick: documentCommands.undo },
  })
}
