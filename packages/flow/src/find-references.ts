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
export function namesByProperty(
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
        typeof part === 'string' ? [] : variableOf(part.$ref),
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
