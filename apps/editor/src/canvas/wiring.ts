import {
  attach,
  titleOf,
  whyNotAttach,
  whyNotConnect,
  type Attachment,
  type Edge,
  type Flow,
  type Registry,
} from '@millrace/flow'
import { bindingChoices, whyNotBind, type BindingWire } from './binding-choices.ts'
import { attachInId, execInId } from './card-layout.ts'
import { edgeChoices } from './edge-choices.ts'
import type { WireChoice } from './wire-choice.ts'

/** One end of a wire: a node, and the id of a port on its card. */
export interface PortEnd {
  readonly nodeId: string
  readonly portId: string
}

/** A wire, from an out-port to an in-port. */
export interface WireEnds {
  readonly from: PortEnd
  readonly to: PortEnd
}

type PortKindAndKey =
  | { readonly kind: 'exec-in' | 'attach-in' }
  | { readonly kind: 'exec' | 'attach' | 'in' | 'out'; readonly key: string }

/** The ways to draw a wire, the best first; none where it does not fit, and `refusalOf` says why. */
export function wireChoices(flow: Flow, registry: Registry, ends: WireEnds): readonly WireChoice[] {
  const wire = readWire(ends)
  switch (wire?.kind) {
    case 'edge':
      return edgeChoices(flow, registry, wire.edge)
    case 'attachment':
      return attachmentChoices(flow, registry, wire.attachment)
    case 'binding':
      return bindingChoices(flow, registry, wire.binding)
    case undefined:
      return []
  }
}

/** Why a wire does not fit, as a sentence for the designer; `undefined` when it does. */
export function refusalOf(flow: Flow, registry: Registry, ends: WireEnds): string | undefined {
  const wire = readWire(ends)
  switch (wire?.kind) {
    case 'edge':
      return whyNotConnect(flow, registry, wire.edge)
    case 'attachment':
      return whyNotAttach(flow, registry, wire.attachment)
    case 'binding':
      return whyNotBind(flow, registry, wire.binding)
    case undefined:
      return whyOfOtherKinds(ends)
  }
}

/** Whether ports of these kinds have anything to do with each other. */
export function isOfOneKind(ends: WireEnds): boolean {
  return readWire(ends) !== undefined
}

/** Two ends in the order in which a wire runs; `undefined` for two outs or two ins. */
export function inOrder(one: PortEnd, other: PortEnd): WireEnds | undefined {
  const isOut = isOutPort(one.portId)
  if (isOut === isOutPort(other.portId)) return undefined
  return isOut ? { from: one, to: other } : { from: other, to: one }
}

/** All in-ports that a wire from an out-port may end at, and the other way round. */
export function fittingPorts(
  flow: Flow,
  registry: Registry,
  end: PortEnd,
  candidates: Iterable<PortEnd>,
): readonly PortEnd[] {
  return [...candidates].filter((other) => {
    const ends = inOrder(end, other)
    return ends !== undefined && isOfOneKind(ends) && refusalOf(flow, registry, ends) === undefined
  })
}

/** Whether wires start at the port, rather than end. */
export function isOutPort(portId: string): boolean {
  return /^(exec|attach|out):/.test(portId)
}

/** Reads the id of a card's port. */
export function readPort(portId: string): PortKindAndKey {
  if (portId === execInId) return { kind: 'exec-in' }
  if (portId === attachInId) return { kind: 'attach-in' }
  const colon = portId.indexOf(':')
  const kind = portId.slice(0, colon)
  const key = portId.slice(colon + 1)
  return { kind: kind === 'exec' || kind === 'attach' || kind === 'out' ? kind : 'in', key }
}

/** What a wire means: an exec edge, an attachment, or a binding. */
type Wire =
  | { readonly kind: 'edge'; readonly edge: Edge }
  | { readonly kind: 'attachment'; readonly attachment: Attachment }
  | { readonly kind: 'binding'; readonly binding: BindingWire }

function readWire({ from, to }: WireEnds): Wire | undefined {
  const source = readPort(from.portId)
  const target = readPort(to.portId)
  if (source.kind === 'exec' && target.kind === 'exec-in') {
    return { kind: 'edge', edge: { from: [from.nodeId, source.key], to: to.nodeId } }
  }
  if (source.kind === 'attach' && target.kind === 'attach-in') {
    const host = [from.nodeId, source.key] as const
    return { kind: 'attachment', attachment: { host, resource: to.nodeId } }
  }
  if (source.kind === 'out' && target.kind === 'in') {
    const [fromNodeId, toNodeId] = [from.nodeId, to.nodeId]
    const binding = { fromNodeId, output: source.key, toNodeId, input: target.key }
    return { kind: 'binding', binding }
  }
  return undefined
}

function whyOfOtherKinds({ from }: WireEnds): string {
  switch (readPort(from.portId).kind) {
    case 'exec':
      return 'This exit leads to a triangle: the point where a node starts.'
    case 'attach':
      return 'Only the diamond of a node that can be attached fits here.'
    case 'out':
      return 'A value goes to a round input.'
    default:
      return 'These two do not fit each other.'
  }
}

function attachmentChoices(
  flow: Flow,
  registry: Registry,
  attachment: Attachment,
): readonly WireChoice[] {
  if (whyNotAttach(flow, registry, attachment) !== undefined) return []
  const attached = attach(flow, registry, attachment)
  const stays = new Set(attached.attachments)
  const lost = (flow.attachments ?? []).filter(
    (one) => !stays.has(one) && one.resource !== attachment.resource,
  )
  const names = lost.map(({ resource }) => {
    const node = flow.nodes.find(({ id }) => id === resource)
    return node === undefined ? resource : titleOf(node, registry.nodes.get(node.type))
  })
  return [
    {
      label: 'Attach',
      hint: names.length === 0 ? undefined : `“${names.join('”, “')}” is no longer attached here.`,
      asks: false,
      apply: (current) => attach(current, registry, attachment),
    },
  ]
}
