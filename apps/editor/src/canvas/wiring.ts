import {
  attach,
  connect,
  dataPortsOf,
  describeType,
  isAssignable,
  outputsOf,
  rulesOf,
  scopesOf,
  setProperty,
  setPropertyPart,
  titleOf,
  whyNotAttach,
  whyNotConnect,
  type DataPort,
  type DeclaredVariable,
  type Edge,
  type Flow,
  type FlowNode,
  type FlowScopes,
  type NodeDefinition,
  type Registry,
} from '@millrace/flow'
import { attachInId, execInId, execOutId } from './card-layout.ts'

/** One end of a wire: a node, and the id of a port on its card. */
export interface PortEnd {
  readonly nodeId: string
  readonly portId: string
}

/** What drawing a wire between two ports would do. */
export interface Wiring {
  readonly label: string
  /** Why it cannot be drawn, as a sentence for the designer; `undefined` when it can. */
  readonly refusal: string | undefined
  readonly apply: (flow: Flow) => Flow
}

type PortKindAndKey =
  | { readonly kind: 'exec-in' | 'attach-in' }
  | { readonly kind: 'exec' | 'attach' | 'in' | 'out'; readonly key: string }

/**
 * What a wire from an out-port to an in-port means: an exec edge, an attachment, or a binding.
 * `undefined` when ports of these kinds have nothing to do with each other.
 */
export function wiringOf(
  flow: Flow,
  registry: Registry,
  { from, to }: { readonly from: PortEnd; readonly to: PortEnd },
): Wiring | undefined {
  const source = readPort(from.portId)
  const target = readPort(to.portId)
  if (source.kind === 'exec' && target.kind === 'exec-in') {
    const edge = { from: [from.nodeId, source.key], to: to.nodeId } as const
    return {
      label: 'Connect',
      refusal: whyNotConnect(flow, registry, edge),
      apply: (current) => connect(current, registry, edge),
    }
  }
  if (source.kind === 'attach' && target.kind === 'attach-in') {
    const attachment = { host: [from.nodeId, source.key], resource: to.nodeId } as const
    return {
      label: 'Attach',
      refusal: whyNotAttach(flow, registry, attachment),
      apply: (current) => attach(current, registry, attachment),
    }
  }
  if (source.kind === 'out' && target.kind === 'in') {
    return bindingOf(flow, registry, {
      fromNodeId: from.nodeId,
      output: source.key,
      toNodeId: to.nodeId,
      input: target.key,
    })
  }
  return undefined
}

/** Why a wire does not fit, also when the ports are of different kinds. */
export function refusalOf(
  flow: Flow,
  registry: Registry,
  ends: { readonly from: PortEnd; readonly to: PortEnd },
): string | undefined {
  const wiring = wiringOf(flow, registry, ends)
  if (wiring !== undefined) return wiring.refusal
  const source = readPort(ends.from.portId)
  switch (source.kind) {
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

/** The exec edge that led to the target of a wire before, and gives way to it. */
export function replacedBy(
  flow: Flow,
  { from, to }: { readonly from: PortEnd; readonly to: PortEnd },
): Edge | undefined {
  if (to.portId !== execInId) return undefined
  return flow.edges.find(
    (edge) =>
      edge.to === to.nodeId &&
      !(edge.from[0] === from.nodeId && execOutId(edge.from[1]) === from.portId),
  )
}

/** All in-ports that a wire from an out-port may end at, and the other way round. */
export function fittingPorts(
  flow: Flow,
  registry: Registry,
  end: PortEnd,
  candidates: Iterable<PortEnd>,
): readonly PortEnd[] {
  const isOut = isOutPort(end.portId)
  return [...candidates].filter((other) => {
    if (isOutPort(other.portId) === isOut) return false
    const ends = isOut ? { from: end, to: other } : { from: other, to: end }
    const wiring = wiringOf(flow, registry, ends)
    return wiring !== undefined && wiring.refusal === undefined
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

interface BindingEnds {
  readonly fromNodeId: string
  readonly output: string
  readonly toNodeId: string
  /** The id of a data port. */
  readonly input: string
}

function bindingOf(flow: Flow, registry: Registry, ends: BindingEnds): Wiring | undefined {
  const source = lookUp(flow, registry, ends.fromNodeId)
  const target = lookUp(flow, registry, ends.toNodeId)
  if (source === undefined || target === undefined) return undefined
  const output = outputsOf(source.definition, source.node).find(({ key }) => key === ends.output)
  const input = dataPortsOf(target.definition, target.node).find(({ id }) => id === ends.input)
  if (output === undefined || input === undefined) return undefined
  const edit = { nodeId: ends.toNodeId, key: input.key, value: { $ref: output.name } }
  return {
    label: `Bind ${input.label}`,
    refusal: whyNotBind({ scopes: scopesFor(flow, registry), target, input, output }),
    apply: (current) =>
      input.path.length === 0
        ? setProperty(current, registry, edit)
        : setPropertyPart(current, { ...edit, path: input.path }),
  }
}

function whyNotBind(ends: {
  readonly scopes: FlowScopes
  readonly target: KnownNode
  readonly input: DataPort
  readonly output: DeclaredVariable
}): string | undefined {
  const { target, input, output } = ends
  const isWhole = input.path.length === 0
  if (isWhole && !rulesOf(input.property).bindings.includes('reference')) {
    return `"${input.label}" takes no variable.`
  }
  if (!ends.scopes.at(target.node.id).some(({ name }) => name === output.name)) {
    const title = titleOf(target.node, target.definition)
    return `"${output.name}" is out of reach: "${title}" does not run after it.`
  }
  if (isAssignable(output.type, input.type)) return undefined
  return `"${input.label}" takes ${describeType(input.type)}, and "${output.name}" is ${describeType(output.type)}. Choose one of its fields in the panel.`
}

// A wire is tried against every port of the canvas; the scopes are the same for all of them.
const scopesByFlow = new WeakMap<Flow, FlowScopes>()

function scopesFor(flow: Flow, registry: Registry): FlowScopes {
  const scopes = scopesByFlow.get(flow) ?? scopesOf(flow, registry)
  scopesByFlow.set(flow, scopes)
  return scopes
}

interface KnownNode {
  readonly node: FlowNode
  readonly definition: NodeDefinition
}

function lookUp(flow: Flow, registry: Registry, nodeId: string): KnownNode | undefined {
  const node = flow.nodes.find(({ id }) => id === nodeId)
  const definition = node && registry.nodes.get(node.type)
  return definition === undefined || node === undefined ? undefined : { node, definition }
}
