import {
  dataPortsOf,
  outputsOf,
  parseReference,
  readBinding,
  type Flow,
  type FlowNode,
  type FlowScopes,
  type JsonValue,
  type NodeDefinition,
  type Registry,
  type ScopeVariable,
} from '@millrace/flow'
import { nodeIn } from '../document/node-in.ts'
import { scopesIn } from '../document/scopes-in.ts'
import { execOutId, inputId, outputId } from './card-layout.ts'

/** A variable that one node declares and another one's property reads. */
export interface BindingLine {
  readonly fromNodeId: string
  readonly fromPortId: string
  readonly toNodeId: string
  readonly toPortId: string
  /** The name of the variable. */
  readonly name: string
}

/** The bindings that lead to or from nodes, or all; what comes from a flow variable has no line. */
export function bindingLinesOf(
  flow: Flow,
  registry: Registry,
  nodeIds?: readonly string[],
): readonly BindingLine[] {
  const scopes = scopesIn(flow, registry)
  const wanted = nodeIds && new Set(nodeIds)
  const given = wanted && namesFrom(wanted, scopes)
  return flow.nodes.flatMap((node) => {
    const isWhole = wanted === undefined || wanted.has(node.id)
    return endsIn(node, registry.nodes.get(node.type)).flatMap(({ toPortId, names }) => {
      const asked = isWhole ? names : names.filter((name) => given?.has(name))
      if (asked.length === 0) return []
      // By name: all that is visible grows with the flow, and so does the number of nodes that ask.
      const visible = scopes.visibleAt(node.id)
      return asked
        .flatMap((name) => visible.find(name) ?? [])
        .flatMap((variable): BindingLine[] => {
          const source = sourceOf(flow, registry, variable)
          if (source === undefined || !(isWhole || wanted.has(source.fromNodeId))) return []
          return [{ ...source, toNodeId: node.id, toPortId, name: variable.name }]
        })
    })
  })
}

/** The names of the variables that come from these nodes. */
function namesFrom(nodeIds: ReadonlySet<string>, { declared }: FlowScopes): ReadonlySet<string> {
  return new Set(
    declared.flatMap(({ name, origin }) =>
      origin.kind !== 'flow' && nodeIds.has(origin.nodeId) ? [name] : [],
    ),
  )
}

/** A value of a node in which variables may stand, with the names that it may mean them by. */
interface BindingEnd {
  readonly toPortId: string
  readonly names: readonly string[]
}

interface ReadNode {
  readonly definition: NodeDefinition | undefined
  readonly ends: readonly BindingEnd[]
}

const readNodes = new WeakMap<FlowNode, ReadNode>()

/** The ends of a node, at its ports and in its other properties; each state of a node is read once. */
function endsIn(node: FlowNode, definition: NodeDefinition | undefined): readonly BindingEnd[] {
  const known = readNodes.get(node)
  if (known !== undefined && known.definition === definition) return known.ends
  const ends = readEnds(node, definition)
  readNodes.set(node, { definition, ends })
  return ends
}

function readEnds(node: FlowNode, definition: NodeDefinition | undefined): readonly BindingEnd[] {
  const ports = definition === undefined ? [] : dataPortsOf(definition, node)
  const others = Object.entries(node.properties ?? {}).filter(([key]) =>
    ports.every((port) => port.key !== key),
  )
  const values = [
    ...ports.flatMap(({ id, value }) =>
      value === undefined ? [] : [{ toPortId: inputId(id), value }],
    ),
    ...others.map(([key, value]) => ({ toPortId: inputId(key), value })),
  ]
  return values.flatMap(({ toPortId, value }) => {
    const names = [...namesIn(value)]
    return names.length === 0 ? [] : [{ toPortId, names }]
  })
}

function sourceOf(
  flow: Flow,
  registry: Registry,
  { name, origin }: ScopeVariable,
): Pick<BindingLine, 'fromNodeId' | 'fromPortId'> | undefined {
  if (origin.kind === 'flow') return undefined
  const fromNodeId = origin.nodeId
  if (origin.kind === 'block') return { fromNodeId, fromPortId: execOutId(origin.port) }
  const node = nodeIn(flow, fromNodeId)
  const definition = node && registry.nodes.get(node.type)
  if (node === undefined || definition === undefined) return undefined
  const output = outputsOf(definition, node).find((declared) => declared.name === name)
  return output === undefined ? undefined : { fromNodeId, fromPortId: outputId(output.key) }
}

/** The names that a property's value may mean variables by, wherever in it they stand. */
function namesIn(value: JsonValue): ReadonlySet<string> {
  const binding = readBinding(value)
  switch (binding?.kind) {
    case 'reference':
      return new Set(variableOf(binding.reference))
    case 'text':
      return new Set(
        binding.parts.flatMap((part) =>
          typeof part === 'string' ? [] : [...namesIn({ ...part })],
        ),
      )
    case 'expression':
      return new Set(binding.source.match(/[A-Za-z][A-Za-z0-9_]*/g) ?? [])
    case 'literal': {
      const inner = binding.value
      if (typeof inner !== 'object' || inner === null) return new Set()
      return new Set(Object.values(inner).flatMap((item: JsonValue) => [...namesIn(item)]))
    }
    case undefined:
      return new Set()
  }
}

function variableOf(reference: string): readonly string[] {
  const variable = parseReference(reference)?.variable
  return variable === undefined ? [] : [variable]
}
