import { titleOf, type Flow, type Registry } from '@millrace/flow'
import { attachInId, execInId, execOutId } from './card-layout.ts'
import { cardOf } from './card.ts'
import type { WireChoice } from './wire-choice.ts'
import { wireChoices } from './wiring.ts'

/** A wire that could be drawn from one of a node's ports, in one of its ways. */
export interface ConnectOption {
  /** The exit or attachment it starts at: `For each message`. */
  readonly port: string
  readonly targetId: string
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
  const node = flow.nodes.find(({ id }) => id === nodeId)
  if (node === undefined) return []
  const { layout } = cardOf(flow, node, { registry, problems: [], isExpanded: false })
  const outs = layout.ports.filter(({ kind, direction }) => kind !== 'data' && direction === 'out')
  return outs.flatMap((port) => {
    const following = flow.edges.find(
      ({ from }) => from[0] === nodeId && execOutId(from[1]) === port.id,
    )
    return flow.nodes
      .filter(({ id }) => id !== following?.to)
      .flatMap((target) => {
        const to = { nodeId: target.id, portId: port.kind === 'exec' ? execInId : attachInId }
        const choices = wireChoices(flow, registry, { from: { nodeId, portId: port.id }, to })
        return choices.map((choice): ConnectOption => {
          const way = choices.length > 1 ? [choice.label] : []
          const effect = choice.hint === undefined ? [] : [choice.hint]
          return {
            port: port.label,
            targetId: target.id,
            target: titleOf(target, registry.nodes.get(target.type)),
            targetType: target.type,
            choice,
            consequence: [...way, ...effect].join(': ') || undefined,
          }
        })
      })
  })
}
