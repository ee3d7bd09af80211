import { readBinding } from './binding.ts'
import type { Registry } from './definition.ts'
import { variablesInExpression } from './expression.ts'
import type { Flow, FlowNode } from './flow.ts'
import { ownValue, type JsonValue } from './json.ts'
import { rulesOf, type PropertyDefinition } from './property.ts'
import { parseReference } from './reference.ts'
import { scopesOf, type FlowScopes } from './scope.ts'

/** A variable by who declares it. */
export interface VariableId {
  /** The node that declares it; `undefined` for a variable of the flow. */
  readonly nodeId: string | undefined
  readonly name: string
}

/** A property that refers to a variable. */
export interface ReferencingProperty {
  readonly nodeId: string
  readonly property: string
}

/** The properties that refer to a variable: what breaks when it goes. */
export function findReferences(
  flow: Flow,
  registry: Registry,
  variable: VariableId,
): readonly ReferencingProperty[] {
  const scopes = scopesOf(flow, registry)
  const reached = flow.nodes.filter(({ id }) => isVisibleAt(id, variable, scopes))
  return reached.flatMap((node) =>
    [...namesByProperty(node, registry)]
      .filter(([, names]) => names.has(variable.name))
      .map(([property]) => ({ nodeId: node.id, property })),
  )
}

/** A property that uses a variable of the flow: it refers to it, or names it to be assigned. */
export interface VariableUse extends ReferencingProperty {
  readonly way: 'reads' | 'sets'
}

/** Where each variable of the flow is used, by its name; one that is not has no entry. */
export function usesOfFlowVariables(
  flow: Flow,
  registry: Registry,
  scopes: FlowScopes,
): ReadonlyMap<string, readonly VariableUse[]> {
  const names = new Set(flow.variables?.map(({ name }) => name))
  const uses = flow.nodes.flatMap((node) => {
    const read = [...namesByProperty(node, registry)].flatMap(([property, used]) =>
      [...used]
        .filter(
          (name) => names.has(name) && isVisibleAt(node.id, { nodeId: undefined, name }, scopes),
        )
        .map((name) => ({ name, use: { nodeId: node.id, property, way: 'reads' as const } })),
    )
    const definitions = registry.nodes.get(node.type)?.properties ?? {}
    const set = Object.entries(node.properties ?? {}).flatMap(([property, value]) =>
      ownValue(definitions, property)?.kind === 'flowVariable' && typeof value === 'string'
        ? [{ name: value, use: { nodeId: node.id, property, way: 'sets' as const } }]
        : [],
    )
    return [...set, ...read]
  })
  const byName = Map.groupBy(uses, ({ name }) => name)
  return new Map([...byName].map(([name, found]) => [name, found.map(({ use }) => use)]))
}

/** The properties whose references meant something before an edit, and mean nothing after it. */
export function lostReferences(
  before: Flow,
  after: Flow,
  registry: Registry,
): readonly ReferencingProperty[] {
  const [known, left] = [scopesOf(before, registry), scopesOf(after, registry)]
  const isLost = (nodeId: string) => (name: string) =>
    known.visibleAt(nodeId).find(name) !== undefined &&
    left.visibleAt(nodeId).find(name) === undefined
  return after.nodes.flatMap((node) =>
    [...namesByProperty(node, registry)]
      .filter(([, names]) => [...names].some(isLost(node.id)))
      .map(([property]) => ({ nodeId: node.id, property })),
  )
}

/** The names that the properties of a node refer to, whatever they mean. */
function namesByProperty(
  node: FlowNode,
  registry: Registry,
): ReadonlyMap<string, ReadonlySet<string>> {
  const properties = registry.nodes.get(node.type)?.properties ?? {}
  return new Map(
    Object.entries(node.properties ?? {}).flatMap(([key, value]) => {
      const property = ownValue(properties, key)
      return property === undefined ? [] : [[key, variablesIn(value, property)] as const]
    }),
  )
}

/** Whether a name means this very variable in the properties of a node. */
export function isVisibleAt(at: string, { nodeId, name }: VariableId, scopes: FlowScopes): boolean {
  const origin = scopes.visibleAt(at).find(name)?.origin
  if (origin === undefined) return false
  return origin.kind === 'flow' ? nodeId === undefined : origin.nodeId === nodeId
}

function variablesIn(value: JsonValue, property: PropertyDefinition): ReadonlySet<string> {
  if (property.kind === 'json') return new Set()
  const cells = rulesOf(property).cells?.(value, property) ?? []
  return new Set([value, ...cells.map((cell) => cell.value)].flatMap(variablesOf))
}

function variablesOf(value: JsonValue): readonly string[] {
  const binding = readBinding(value)
  switch (binding?.kind) {
    case 'reference':
      return variableOf(binding.reference)
    case 'text':
      return binding.parts.flatMap((part) =>
        typeof part === 'string' ? [] : variablesOf({ ...part }),
      )
    case 'expression':
      return variablesInExpression(binding.source)
    default:
      return []
  }
}

function variableOf(reference: string): readonly string[] {
  const variable = parseReference(reference)?.variable
  return variable === undefined ? [] : [variable]
}
