import {
  dataPortsOf,
  outputsOf,
  required,
  rulesOf,
  type Flow,
  type NodeDefinition,
  type Registry,
  type Type,
} from '@millrace/flow'
import { scopesIn } from '../document/scopes-in.ts'
import { pathsThatFit } from './binding-choices.ts'

/** The node types that take what an output gives, the best fit first. */
export function takersOf(
  flow: Flow,
  registry: Registry,
  { nodeId, output }: { readonly nodeId: string; readonly output: string },
): readonly NodeDefinition[] {
  const given = scopesIn(flow, registry)
    .outputsOf(nodeId)
    .find(({ key }) => key === output)
  if (given === undefined) return []
  return bestFirst(registry, (definition) =>
    dataPortsOf(definition, {})
      .filter(({ property }) => rulesOf(property).bindings.includes('reference'))
      .map(({ type }) => fitOf(given.type, type)),
  )
}

/** The node types that give what an input takes, the best fit first. */
export function giversOf(
  flow: Flow,
  registry: Registry,
  { nodeId, input }: { readonly nodeId: string; readonly input: string },
): readonly NodeDefinition[] {
  const node = flow.nodes.find(({ id }) => id === nodeId)
  const target = registry.nodes.get(node?.type ?? '')
  const port = node && target && dataPortsOf(target, node).find(({ id }) => id === input)
  if (port === undefined) return []
  return bestFirst(registry, (definition) =>
    outputsOf(definition, { id: 'new', type: definition.type }).map(({ type }) =>
      fitOf(type, port.type),
    ),
  )
}

function bestFirst(
  registry: Registry,
  fitsOf: (definition: NodeDefinition) => readonly number[],
): readonly NodeDefinition[] {
  return [...registry.nodes.values()]
    .filter(({ exec }) => exec?.in === true)
    .map((definition) => ({ definition, fit: Math.max(0, ...fitsOf(definition)) }))
    .filter(({ fit }) => fit > 0)
    .toSorted((left, right) => right.fit - left.fit)
    .map(({ definition }) => definition)
}

/** How well a value fits: 3 is the same type, 1 only in part or as anything, 0 not at all. */
function fitOf(from: Type, to: Type): number {
  const [given, wanted] = [required(from), required(to)]
  const paths = pathsThatFit(given, wanted)
  if (paths.length === 0) return 0
  if (given === 'any' || wanted === 'any' || paths[0]?.length !== 0) return 1
  return JSON.stringify(given) === JSON.stringify(wanted) ? 3 : 2
}
