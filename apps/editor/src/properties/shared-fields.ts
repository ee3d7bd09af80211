import {
  isVisible,
  type FlowNode,
  type JsonValue,
  type PropertyDefinition,
  type PropertyKind,
  type Registry,
} from '@millrace/flow'

/** A field that several nodes have alike. */
export interface SharedField {
  readonly key: string
  readonly property: PropertyDefinition
  /** What all of them hold; `undefined` when nothing is set, or not the same. */
  readonly value: JsonValue | undefined
  readonly isMixed: boolean
}

/** Kinds of which several nodes may well want the same; names must differ, and grids are of one table. */
const sharable: ReadonlySet<PropertyKind> = new Set([
  'boolean',
  'choice',
  'connection',
  'longText',
  'model',
  'number',
  'table',
  'template',
  'text',
])

/** The fields that are the same in every one of the nodes: the same key, kind and rules. */
export function sharedFields(
  nodes: readonly FlowNode[],
  registry: Registry,
): readonly SharedField[] {
  const [first, ...others] = nodes.map((node) => fieldsOf(node, registry))
  return [...(first ?? [])].flatMap(([key, { property, value }]): readonly SharedField[] => {
    const same = others.map((fields) => fields.get(key))
    if (!sharable.has(property.kind)) return []
    if (same.some((field) => field === undefined || !isAlike(field.property, property))) return []
    const isMixed = same.some((field) => JSON.stringify(field?.value) !== JSON.stringify(value))
    return [{ key, property, value: isMixed ? undefined : value, isMixed }]
  })
}

interface OwnField {
  readonly property: PropertyDefinition
  readonly value: JsonValue | undefined
}

function fieldsOf(node: FlowNode, registry: Registry): ReadonlyMap<string, OwnField> {
  const definition = registry.nodes.get(node.type)
  if (definition === undefined) return new Map()
  return new Map(
    Object.entries(definition.properties)
      .filter(([, property]) => isVisible(property, definition, node))
      .map(([key, property]) => [key, { property, value: node.properties?.[key] }]),
  )
}

const words: ReadonlySet<string> = new Set(['port', 'help', 'placeholder'])

/** Where they stand on the card, and in what words they are explained, does not count. */
function isAlike(left: PropertyDefinition, right: PropertyDefinition): boolean {
  const rulesOf = (property: PropertyDefinition) =>
    JSON.stringify(
      Object.entries(property)
        .filter(([key]) => !words.has(key))
        .toSorted(([one], [other]) => (one < other ? -1 : 1)),
    )
  return rulesOf(left) === rulesOf(right)
}
