import { readBinding } from './binding.ts'
import type { Registry } from './definition.ts'
import { variablesInExpression } from './expression.ts'
import type { Flow } from './flow.ts'
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
  return reached.flatMap((node) => {
    const properties = registry.nodes.get(node.type)?.properties ?? {}
    return Object.entries(node.properties ?? {})
      .filter(([key, value]) => {
        const property = ownValue(properties, key)
        return property !== undefined && variablesIn(value, property).has(variable.name)
      })
      .map(([property]) => ({ nodeId: node.id, property }))
  })
}

/** The properties whose references meant something before an edit, and mean nothing after it. */
export function lostReferences(
  before: Flow,
  after: Flow,
  registry: Registry,
): readonly ReferencingProperty[] {
  const [known, left] = [scopesOf(before, registry), scopesOf(after, registry)]
  return after.nodes.flatMap((node) => {
    const properties = registry.nodes.get(node.type)?.properties ?? {}
    return Object.entries(node.properties ?? {})
      .filter(([key, value]) => {
        const property = ownValue(properties, key)
        const names = property === undefined ? [] : [...variablesIn(value, property)]
        return names.some(
          (name) =>
            known.visibleAt(node.id).find(name) !== undefined &&
            left.visibleAt(node.id).find(name) === undefined,
        )
      })
      .map(([property]) => ({ nodeId: node.id, property }))
  })
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
