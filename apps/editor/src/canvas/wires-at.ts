import { detach, disconnect, setProperty, type Flow, type Registry } from '@millrace/flow'
import { bindingLinesOf } from './bindings.ts'
import { attachInId, attachmentId, execInId, execOutId } from './card-layout.ts'
import { readPort, type PortEnd, type WireEnds } from './wiring.ts'

/** The ends of the wires at a port that are not the port itself. */
export function otherEndsAt(flow: Flow, registry: Registry, port: PortEnd): readonly PortEnd[] {
  return wiresAt(flow, registry, port).map(({ from, to }) => (isSameEnd(from, port) ? to : from))
}

/** Takes away what ends or starts at a port; what an output gives is cleared where it is read. */
export function disconnectAt(flow: Flow, registry: Registry, { nodeId, portId }: PortEnd): Flow {
  const port = readPort(portId)
  switch (port.kind) {
    case 'exec-in':
      return flow.edges.filter(({ to }) => to === nodeId).reduce(disconnect, flow)
    case 'exec':
      return flow.edges
        .filter(({ from }) => from[0] === nodeId && from[1] === port.key)
        .reduce(disconnect, flow)
    case 'attach-in':
      return attachmentsOf(flow)
        .filter(({ resource }) => resource === nodeId)
        .reduce(detach, flow)
    case 'attach':
      return attachmentsOf(flow)
        .filter(({ host }) => host[0] === nodeId && host[1] === port.key)
        .reduce(detach, flow)
    case 'in':
      return setProperty(flow, registry, { nodeId, key: port.key, value: undefined })
    case 'out':
      return flow
  }
}

/** All wires that start or end at a port: edges, attachments and bindings. */
function wiresAt(flow: Flow, registry: Registry, port: PortEnd): readonly WireEnds[] {
  return wiresOfKind(flow, registry, port).filter(
    ({ from, to }) => isSameEnd(from, port) || isSameEnd(to, port),
  )
}

function attachmentsOf({ attachments = [] }: Flow): NonNullable<Flow['attachments']> {
  return attachments
}

function wiresOfKind(flow: Flow, registry: Registry, { nodeId, portId }: PortEnd) {
  const { kind } = readPort(portId)
  switch (kind) {
    case 'exec':
    case 'exec-in':
      return flow.edges.map(({ from, to }) => ({
        from: { nodeId: from[0], portId: execOutId(from[1]) },
        to: { nodeId: to, portId: execInId },
      }))
    case 'attach':
    case 'attach-in':
      return attachmentsOf(flow).map(({ host, resource }) => ({
        from: { nodeId: host[0], portId: attachmentId(host[1]) },
        to: { nodeId: resource, portId: attachInId },
      }))
    case 'in':
    case 'out':
      return bindingLinesOf(flow, registry, [nodeId]).map((line) => ({
        from: { nodeId: line.fromNodeId, portId: line.fromPortId },
        to: { nodeId: line.toNodeId, portId: line.toPortId },
      }))
  }
}

function isSameEnd(left: PortEnd, right: PortEnd): boolean {
  return left.nodeId === right.nodeId && left.portId === right.portId
}
