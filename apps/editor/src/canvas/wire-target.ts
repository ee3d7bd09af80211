import type { Flow, Registry } from '@millrace/flow'
import { cardChoices, whyNotOnCard } from './card-choices.ts'
import type { WireChoice } from './wire-choice.ts'
import { inOrder, isOfOneKind, refusalOf, wireChoices, type PortEnd } from './wiring.ts'

/** What is below a wire that is being drawn. */
export type WireTarget =
  | { readonly kind: 'port'; readonly end: PortEnd }
  | { readonly kind: 'card'; readonly nodeId: string }
  | { readonly kind: 'canvas' }
  | { readonly kind: 'elsewhere' }

/** A wire from a port to what is below it. */
export interface DrawnWire {
  readonly end: PortEnd
  readonly target: WireTarget
}

/** The ways to end a wire here. A port of another kind counts as the card that it stands on. */
export function choicesAt(
  flow: Flow,
  registry: Registry,
  { end, target }: DrawnWire,
): readonly WireChoice[] {
  if (target.kind === 'canvas' || target.kind === 'elsewhere') return []
  const ends = target.kind === 'port' ? inOrder(end, target.end) : undefined
  if (ends !== undefined && isOfOneKind(ends)) return wireChoices(flow, registry, ends)
  const nodeId = target.kind === 'port' ? target.end.nodeId : target.nodeId
  return cardChoices(flow, registry, { end, nodeId })
}

/** Why a wire cannot end here, in words; `undefined` when it can, or back where it came from. */
export function refusalAt(
  flow: Flow,
  registry: Registry,
  { end, target }: DrawnWire,
): string | undefined {
  if (target.kind === 'canvas' || target.kind === 'elsewhere') return undefined
  if (choicesAt(flow, registry, { end, target }).length > 0) return undefined
  const nodeId = target.kind === 'port' ? target.end.nodeId : target.nodeId
  if (nodeId === end.nodeId && (target.kind === 'card' || target.end.portId === end.portId)) {
    return undefined
  }
  const ends = target.kind === 'port' ? inOrder(end, target.end) : undefined
  if (ends !== undefined && isOfOneKind(ends)) return refusalOf(flow, registry, ends)
  return nodeId === end.nodeId ? undefined : whyNotOnCard(flow, registry, { end, nodeId })
}
