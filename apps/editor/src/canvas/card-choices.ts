import { describeType, titleOf, type Flow, type Registry } from '@millrace/flow'
import { attachInId, execInId } from './card-layout.ts'
import { cardOf } from './card.ts'
import { inOrder, isOutPort, readPort, refusalOf, wireChoices, type PortEnd } from './wiring.ts'
import type { WireChoice } from './wire-choice.ts'

/** A wire that is dropped on a card instead of a port of it. */
export interface CardDrop {
  readonly end: PortEnd
  readonly nodeId: string
}

/**
 * What a wire that is dropped on a card can mean: all ways of the only port that fits, else one of
 * each port that does. Ports that are folded away count too.
 */
export function cardChoices(
  flow: Flow,
  registry: Registry,
  { end, nodeId }: CardDrop,
): readonly WireChoice[] {
  const byPort = portsOf(flow, registry, { end, nodeId }).flatMap(({ portId, label }) => {
    const ends = inOrder(end, { nodeId, portId })
    const choices = ends === undefined ? [] : wireChoices(flow, registry, ends)
    return choices.length === 0 ? [] : [{ label, choices }]
  })
  // What fits as it is comes before what would need a field or a variable of its own.
  const direct = byPort.filter(({ choices }) => choices.length === 1 && choices[0]?.asks === false)
  const offered = direct.length > 0 ? direct : byPort
  const [only, ...others] = offered
  if (only === undefined) return []
  if (others.length === 0) return only.choices
  return offered.flatMap(({ label, choices: [choice] }) =>
    choice === undefined ? [] : [{ ...choice, label }],
  )
}

/** Why a wire cannot end at any port of a card, in words. */
export function whyNotOnCard(flow: Flow, registry: Registry, drop: CardDrop): string {
  const reasons = portsOf(flow, registry, drop).flatMap(({ portId }) => {
    const ends = inOrder(drop.end, { nodeId: drop.nodeId, portId })
    return (ends && refusalOf(flow, registry, ends)) ?? []
  })
  const [reason, ...others] = new Set(reasons)
  if (reason !== undefined && others.length === 0) return reason
  const node = flow.nodes.find(({ id }) => id === drop.nodeId)
  const title = node === undefined ? '' : titleOf(node, registry.nodes.get(node.type))
  return `Nothing of “${title}” fits this wire.`
}

interface LabelledPort {
  readonly portId: string
  readonly label: string
}

/** The ports of a card that a wire of its kind could end at. */
function portsOf(
  flow: Flow,
  registry: Registry,
  { end, nodeId }: CardDrop,
): readonly LabelledPort[] {
  if (nodeId === end.nodeId) return []
  const { kind } = readPort(end.portId)
  if (kind === 'exec') return [{ portId: execInId, label: 'Connect' }]
  if (kind === 'attach') return [{ portId: attachInId, label: 'Attach' }]
  const node = flow.nodes.find(({ id }) => id === nodeId)
  if (node === undefined) return []
  const { layout } = cardOf(flow, node, { registry, problems: [], isExpanded: true })
  const wanted = { 'exec-in': 'exec', 'attach-in': 'attachment', in: 'data', out: 'data' } as const
  const direction = isOutPort(end.portId) ? 'in' : 'out'
  return layout.ports
    .filter((port) => port.kind === wanted[kind] && port.direction === direction)
    .map((port) => {
      const input = layout.inputs.find(({ id }) => port.id === `in:${id}`)
      const type = input === undefined ? '' : ` · ${describeType(input.type)}`
      return { portId: port.id, label: `${port.label}${type}` }
    })
}
