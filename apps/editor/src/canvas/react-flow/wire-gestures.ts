import type { FinalConnectionState, Handle } from '@xyflow/react'
import { useDocument } from '../../document/document-store.ts'
import { registry } from '../../registry.ts'
import { sessionCommands } from '../../session/session-store.ts'
import { canvasCommands, withoutEdges } from '../canvas-commands.ts'
import { canvasState, portKey, useCanvas } from '../canvas-store.ts'
import type { Point } from '../placement.ts'
import { fittingPorts, isOutPort, type PortEnd } from '../wiring.ts'
import { choicesAt, refusalAt, type WireTarget } from '../wire-target.ts'
import { toast } from '../../ui/toast.ts'

/** The port at one end of a connection. */
function endOf(handle: Pick<Handle, 'nodeId' | 'id'>): PortEnd {
  return { nodeId: handle.nodeId, portId: handle.id ?? '' }
}

/** Whether the wire that is being drawn may end where the pointer is. */
export function isFitting(connection: {
  source: string
  target: string
  sourceHandle?: string | null
  targetHandle?: string | null
}): boolean {
  const { wire } = useCanvas.getState()
  if (wire === undefined) return false
  const key = isOutPort(wire.portId)
    ? portKey(connection.target, connection.targetHandle ?? '')
    : portKey(connection.source, connection.sourceHandle ?? '')
  return wire.fitting.has(key)
}

let takenUp: string | undefined

/** An edge was taken by one of its ends: the wire that starts now draws that anew. */
export function takeUpEdge(edgeId: string): void {
  takenUp = edgeId
}

/** A wire is being drawn: finds the ports that it may end at, among those in view. */
export function startWire(end: PortEnd): void {
  const edgeId = takenUp
  takenUp = undefined
  const ports = [...document.querySelectorAll<HTMLElement>('[data-port][data-node-id]')].map(
    ({ dataset }) => ({ nodeId: dataset['nodeId'] ?? '', portId: dataset['port'] ?? '' }),
  )
  const fitting = fittingPorts(flowUnder(edgeId), registry, end, ports)
  canvasState.drawWire({
    ...end,
    fitting: new Set(fitting.map(({ nodeId, portId }) => portKey(nodeId, portId))),
    edgeId,
  })
}

/** What a wire that is drawn has below it: the port that it snaps to, a card, or the canvas. */
export function targetBelow(
  point: Point,
  handle: Pick<Handle, 'nodeId' | 'id'> | null,
): WireTarget {
  if (handle !== null) return { kind: 'port', end: endOf(handle) }
  const below = document.elementFromPoint(...point)
  const nodeId = below?.closest<HTMLElement>('[data-node-type]')?.dataset['nodeId']
  if (nodeId !== undefined) return { kind: 'card', nodeId }
  const isCanvas = below?.closest('.react-flow__pane') != null
  return isCanvas ? { kind: 'canvas' } : { kind: 'elsewhere' }
}

/** The document as a wire sees it: without the edge that it draws anew. */
export function flowUnder(edgeId: string | undefined) {
  const { flow } = useDocument.getState()
  return edgeId === undefined ? flow : withoutEdges(flow, new Set([edgeId]))
}

/** A wire ended: at a port or on a card it is drawn, beside them all it asks for a node. */
export function endWire(
  point: Point,
  state: FinalConnectionState,
  toCanvas: (point: Point) => Point,
): void {
  const { wire } = useCanvas.getState()
  // Looked for before the wire is gone: until then, what stands over the canvas gives way to it.
  const target = targetBelow(point, state.toHandle)
  canvasState.drawWire(undefined)
  if (wire === undefined) return
  const { edgeId } = wire
  if (target.kind === 'canvas' || target.kind === 'elsewhere') {
    if (edgeId !== undefined) canvasCommands.dropEdge(edgeId)
    else if (target.kind === 'canvas') askForNode(wire, toCanvas(point))
    return
  }
  const flow = flowUnder(edgeId)
  const choices = choicesAt(flow, registry, { end: wire, target })
  const isWhereItWas =
    edgeId !== undefined && choices.some(({ apply }) => isSameWiring(apply(flow)))
  if (isWhereItWas) return
  const reason = refusalAt(flow, registry, { end: wire, target })
  if (choices.length > 0) canvasCommands.endWire({ choices, point, edgeId })
  else if (reason !== undefined) toast.warning(reason)
}

function askForNode({ nodeId, portId }: PortEnd, position: Point): void {
  const origin = [nodeId, portId] as const
  sessionCommands.openPicker(
    isOutPort(portId) ? { position, from: origin } : { position, to: origin },
  )
}

/** Whether a flow has the same edges and attachments as the document. */
function isSameWiring(changed: ReturnType<typeof flowUnder>): boolean {
  const wiringOf = ({ edges, attachments = [] }: typeof changed) =>
    JSON.stringify(
      [edges, attachments].map((lines) => lines.map((line) => JSON.stringify(line)).toSorted()),
    )
  return wiringOf(changed) === wiringOf(useDocument.getState().flow)
}
