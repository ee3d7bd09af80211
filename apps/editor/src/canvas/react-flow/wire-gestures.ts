import type { Connection } from '@xyflow/react'
import { useDocument } from '../../document/document-store.ts'
import { registry } from '../../registry.ts'
import { sessionCommands } from '../../session/session-store.ts'
import { canvasCommands } from '../canvas-commands.ts'
import { canvasState, portKey, useCanvas } from '../canvas-store.ts'
import { attachInId, execInId } from '../card-layout.ts'
import type { Point } from '../placement.ts'
import { fittingPorts, isOutPort, readPort, type PortEnd } from '../wiring.ts'

function endsOf(connection: {
  source: string
  target: string
  sourceHandle?: string | null
  targetHandle?: string | null
}): { readonly from: PortEnd; readonly to: PortEnd } {
  return {
    from: { nodeId: connection.source, portId: connection.sourceHandle ?? '' },
    to: { nodeId: connection.target, portId: connection.targetHandle ?? '' },
  }
}

/** A wire ended at a port that fits. */
export function onConnect(connection: Connection): void {
  const { from, to } = endsOf(connection)
  canvasCommands.wire(from, to)
}

/** Whether the wire that is being drawn may end where the pointer is. */
export function isFitting(connection: Parameters<typeof endsOf>[0]): boolean {
  const { wire } = useCanvas.getState()
  if (wire === undefined) return false
  const { from, to } = endsOf(connection)
  const other = isOutPort(wire.portId) ? to : from
  return wire.fitting.has(portKey(other.nodeId, other.portId))
}

/** A wire is being drawn: finds the ports that it may end at, among those in view. */
export function startWire(end: PortEnd): void {
  const { flow } = useDocument.getState()
  const ports = [...document.querySelectorAll<HTMLElement>('[data-port][data-node-id]')].map(
    ({ dataset }) => ({ nodeId: dataset['nodeId'] ?? '', portId: dataset['port'] ?? '' }),
  )
  const fitting = fittingPorts(flow, registry, end, ports)
  canvasState.drawWire({
    ...end,
    fitting: new Set(fitting.map(({ nodeId, portId }) => portKey(nodeId, portId))),
  })
}

/** A wire that ended at no fitting port: on a card it takes the card's own port, beside them all it asks for a node. */
export function dropWire(end: PortEnd, point: Point, toCanvas: (point: Point) => Point): void {
  const below = document.elementFromPoint(...point)
  const kind = readPort(end.portId).kind
  const target = below?.closest<HTMLElement>('[data-node-type]')?.dataset['nodeId']
  if (target !== undefined) {
    if (target === end.nodeId) return
    if (kind === 'exec') canvasCommands.wire(end, { nodeId: target, portId: execInId })
    if (kind === 'attach') canvasCommands.wire(end, { nodeId: target, portId: attachInId })
    return
  }
  const isBinding = kind === 'in' || kind === 'out'
  if (isBinding || below?.closest('.react-flow__pane') == null) return
  const position = toCanvas(point)
  const origin = [end.nodeId, end.portId] as const
  sessionCommands.openPicker(
    isOutPort(end.portId) ? { position, from: origin } : { position, to: origin },
  )
}
