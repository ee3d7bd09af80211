import { titleOf, type Edge, type Flow, type Registry } from '@millrace/flow'
import { attachInId, execInId, execOutId } from './card-layout.ts'
import { cardOf } from './card.ts'
import { replacedBy, wiringOf, type PortEnd } from './wiring.ts'

/** A wire that could be drawn from one of a node's ports. */
export interface ConnectOption {
  readonly from: PortEnd
  readonly to: PortEnd
  /** The exit or attachment it starts at: `For each message`. */
  readonly port: string
  readonly target: string
  readonly targetType: string
  /** What the wire would change besides: an edge at either end gives way. */
  readonly consequence: string | undefined
}

/** All wires that can be drawn from a node's exits and attachment ports: wiring for the keyboard. */
export function connectOptionsOf(
  flow: Flow,
  registry: Registry,
  nodeId: string,
): readonly ConnectOption[] {
  const node = flow.nodes.find(({ id }) => id === nodeId)
  if (node === undefined) return []
  const { layout } = cardOf(flow, node, { registry, problems: [], isExpanded: false })
  const outs = layout.ports.filter(({ kind, direction }) => kind !== 'data' && direction === 'out')
  return outs.flatMap((port) =>
    flow.nodes.flatMap((target): ConnectOption[] => {
      const from = { nodeId, portId: port.id }
      const to = { nodeId: target.id, portId: port.kind === 'exec' ? execInId : attachInId }
      const wiring = wiringOf(flow, registry, { from, to })
      if (wiring === undefined || wiring.refusal !== undefined) return []
      const current = flow.edges.find(
        (edge) => edge.from[0] === nodeId && execOutId(edge.from[1]) === port.id,
      )
      if (current?.to === target.id) return []
      return [
        {
          from,
          to,
          port: port.label,
          target: nameOf(target.id),
          targetType: target.type,
          consequence: consequenceOf(replacedBy(flow, { from, to }), current),
        },
      ]
    }),
  )

  function consequenceOf(led: Edge | undefined, leads: Edge | undefined): string | undefined {
    if (led !== undefined) return `It no longer follows "${nameOf(led.from[0])}"`
    return leads === undefined ? undefined : `Instead of "${nameOf(leads.to)}"`
  }

  function nameOf(id: string): string {
    const found = flow.nodes.find((candidate) => candidate.id === id)
    return found === undefined ? id : titleOf(found, registry.nodes.get(found.type))
  }
}
