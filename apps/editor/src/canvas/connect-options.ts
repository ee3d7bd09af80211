import { titleOf, type Flow, type FlowNode, type Registry } from '@millrace/flow'
import { execOutId, type CardPort } from './card-layout.ts'
import { cardOf } from './card.ts'
import type { WireChoice } from './wire-choice.ts'
import { inOrder, isOfOneKind, wireChoices, type PortEnd } from './wiring.ts'

/** A wire that could be drawn from one of a node's ports, in one of its ways. */
export interface ConnectOption {
  /** The port it starts at: `For each message`. */
  readonly port: string
  readonly targetId: string
  /** The node at its other end, and which of its ports where it has several of the kind. */
  readonly target: string
  readonly targetType: string
  readonly choice: WireChoice
  /** Which of several ways it is, and what it changes besides. */
  readonly consequence: string | undefined
}

/** All wires that can be drawn from a node's exits and attachment ports: wiring for the keyboard. */
export function connectOptionsOf(
  flow: Flow,
  registry: Registry,
  nodeId: string,
): readonly ConnectOption[] {
  const outs = portsOf(flow, registry, nodeId).filter(
    ({ kind, direction }) => kind !== 'data' && direction === 'out',
  )
  return outs.flatMap((port) => connectOptionsAt(flow, registry, { nodeId, portId: port.id }))
}

/** All wires that can be drawn from one port, out or in, bindings among them. */
export function connectOptionsAt(
  flow: Flow,
  registry: Registry,
  end: PortEnd,
): readonly ConnectOption[] {
  const port = portsOf(flow, registry, end.nodeId).find(({ id }) => id === end.portId)
  if (port === undefined) return []
  return flow.nodes.flatMap((target) =>
    portsOf(flow, registry, target.id).flatMap((other) => {
      const ends = inOrder(end, { nodeId: target.id, portId: other.id })
      if (ends === undefined || !isOfOneKind(ends) || isThere(flow, ends)) return []
      const choices = wireChoices(flow, registry, ends)
      return choices.map((choice): ConnectOption => {
        const way = choices.length > 1 ? [choice.label] : []
        const effect = choice.hint === undefined ? [] : [choice.hint]
        return {
          port: port.label,
          targetId: target.id,
          target: targetName(target, registry, other),
          targetType: target.type,
          choice,
          consequence: [...way, ...effect].join(': ') || undefined,
        }
      })
    }),
  )
}

/** Whether an edge runs there already. */
function isThere({ edges }: Flow, { from, to }: { from: PortEnd; to: PortEnd }): boolean {
  return edges.some(
    (edge) =>
      edge.from[0] === from.nodeId &&
      execOutId(edge.from[1]) === from.portId &&
      edge.to === to.nodeId,
  )
}

function targetName(node: FlowNode, registry: Registry, port: CardPort): string {
  const title = titleOf(node, registry.nodes.get(node.type))
  // A node has one start and one diamond, but many exits, inputs and outputs.
  const isOnly = port.kind !== 'data' && port.direction === 'in'
  return isOnly ? title : `${title} · ${port.label}`
}

function portsOf(flow: Flow, registry: Registry, nodeId: string): readonly CardPort[] {
  const node = flow.nodes.find(({ id }) => id === nodeId)
  if (node === undefined) return []
  return cardOf(flow, node, { registry, problems: [], isExpanded: true }).layout.ports
}
