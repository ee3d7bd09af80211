import {
  addNode,
  attach,
  connect,
  continuePortOf,
  detach,
  disconnect,
  execPortsOf,
  moveNodes,
  removeNodes,
  setNodeFields,
  titleOf,
  type Edge,
  type Flow,
  type NodeDefinition,
} from '@millrace/flow'
import { registry } from '@millrace/nodes'
import { toast } from 'sonner'
import { documentCommands, useDocument } from '../document/document-store.ts'
import { sessionCommands, useSession, type PickerOrigin } from '../session/session-store.ts'
import { attachInId, cardMeasures, execInId, layOutCard } from './card-layout.ts'
import { copyNodes, pasteNodes } from './clipboard.ts'
import { attachmentPortFor } from './node-picker.ts'
import { boxesOf, cornerForWire, freePlace, gap, snap, type Point } from './placement.ts'
import { attachmentEdgeId, execEdgeId } from './edge-ids.ts'
import { readPort, refusalOf, wiringOf, type PortEnd } from './wiring.ts'

/** What a designer can do on the canvas; each is one step of the undo history. */
export const canvasCommands = {
  /**
   * Adds a node where the picker was opened, wired to what it was opened from, and selects it.
   * `centre` is the middle of the window, for a picker that was opened from nowhere.
   */
  add(definition: NodeDefinition, origin: PickerOrigin, centre: Point): void {
    let nodeId: string | undefined
    documentCommands.edit(`Add ${definition.title}`, (flow) => {
      const added = addNode(flow, registry, {
        type: definition.type,
        position: placeFor(flow, definition, { origin, centre }),
      })
      nodeId = added.nodeId
      return wireNew(added.flow, { nodeId: added.nodeId, definition, origin })
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
    return true
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

function wireNew(
  flow: Flow,
  added: {
    readonly nodeId: string
    readonly definition: NodeDefinition
    readonly origin: PickerOrigin
  },
): Flow {
  const { nodeId, definition, origin } = added
  if (origin.splice !== undefined)
    return spliceIn(flow, nodeId, { definition, edge: origin.splice })
  if (origin.from !== undefined) {
    const [fromId, portId] = origin.from
    const inPort = readPort(portId).kind === 'attach' ? attachInId : execInId
    const ends = { from: { nodeId: fromId, portId }, to: { nodeId, portId: inPort } }
    return wiringOf(flow, registry, ends)?.apply(flow) ?? flow
  }
  if (origin.to === undefined) return flow
  const [toId, portId] = origin.to
  const target = flow.nodes.find(({ id }) => id === toId)
  if (readPort(portId).kind === 'attach-in') {
    const port = attachmentPortFor(definition, registry.nodes.get(target?.type ?? '')?.provides)
    return port === undefined
      ? flow
      : attach(flow, registry, { host: [nodeId, port], resource: toId })
  }
  const node = flow.nodes.find(({ id }) => id === nodeId)
  const port =
    continuePortOf(definition) ??
    (node === undefined ? undefined : execPortsOf(definition, node)[0]?.id)
  return port === undefined ? flow : connect(flow, registry, { from: [nodeId, port], to: toId })
}

function spliceIn(
  flow: Flow,
  nodeId: string,
  { definition, edge }: { readonly definition: NodeDefinition; readonly edge: Edge },
): Flow {
  const port = continuePortOf(definition)
  if (port === undefined) return flow
  const before = connect(flow, registry, { from: edge.from, to: nodeId })
  const joined = connect(before, registry, { from: [nodeId, port], to: edge.to })
  return makeRoom(joined, nodeId, edge.to)
}

/** Moves what runs after a spliced-in node to the right until it no longer stands in its way. */
function makeRoom(flow: Flow, nodeId: string, nextId: string): Flow {
  const places = flow.layout?.nodes ?? {}
  const [x] = places[nodeId] ?? [0, 0]
  const [nextX] = places[nextId] ?? [0, 0]
  const shift = snap([x + cardMeasures.width + gap.x - nextX, 0])[0]
  if (shift <= 0) return flow
  const moved = [...followersOf(flow, nextId)].map((id) => {
    const [left, top] = places[id] ?? [0, 0]
    return [id, [left + shift, top]] as const
  })
  return moveNodes(flow, new Map(moved))
}

function followersOf(flow: Flow, startId: string): ReadonlySet<string> {
  const found = new Set<string>()
  const pending = [startId]
  for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
    if (found.has(id)) continue
    found.add(id)
    for (const { from, to } of flow.edges) if (from[0] === id) pending.push(to)
    for (const { host, resource } of flow.attachments ?? [])
      if (host[0] === id) pending.push(resource)
  }
  return found
}

function placeFor(
  flow: Flow,
  definition: NodeDefinition,
  { origin, centre }: { readonly origin: PickerOrigin; readonly centre: Point },
): Point {
  const layout = layOutCard({ id: 'new', type: definition.type }, definition, {
    isExpanded: false,
    isTall: false,
  })
  const boxes = boxesOf(flow, registry)
  if (origin.position !== undefined) {
    const { position } = origin
    if (origin.from !== undefined) {
      const isAttachment = readPort(origin.from[1]).kind === 'attach'
      return cornerForWire(layout, position, isAttachment ? attachInId : execInId)
    }
    if (origin.to !== undefined) return snap([position[0] - layout.width, position[1] - 60])
    return snap(position)
  }
  if (origin.splice !== undefined) {
    const before = boxes.get(origin.splice.from[0])
    const after = boxes.get(origin.splice.to)
    if (before !== undefined && after !== undefined) {
      return snap([before.x + before.width + gap.x, after.y])
    }
  }
  if (origin.from !== undefined) {
    const host = boxes.get(origin.from[0])
    if (host !== undefined) {
      const isAttachment = readPort(origin.from[1]).kind === 'attach'
      const corner: Point = isAttachment
        ? [host.x, host.y + host.height + gap.y + gap.x / 2]
        : [host.x + host.width + gap.x, host.y]
      return freePlace(boxes.values(), corner, layout.height)
    }
  }
  const corner: Point = [centre[0] - layout.width / 2, centre[1] - layout.height / 2]
  return freePlace(boxes.values(), beside(flow, boxes) ?? corner, layout.height)
}

/** Right of the selected node, when one is. */
function beside(flow: Flow, boxes: ReturnType<typeof boxesOf>): Point | undefined {
  const [selected, ...others] = useSession.getState().selectedNodeIds
  const box = selected === undefined || others.length > 0 ? undefined : boxes.get(selected)
  return box === undefined || flow.nodes.length === 0
    ? undefined
    : [box.x + box.width + gap.x, box.y]
}
