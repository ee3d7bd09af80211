import {
  isSet,
  isVisible,
  type FlowNode,
  type JsonValue,
  type NodeDefinition,
  type PropertyDefinition,
} from '@millrace/flow'

/** A node with so many fields has a search, and folds what is optional and not set. */
export const manyFields = 12

/** One field of a node, as the panel lists it. */
export interface PanelField {
  readonly key: string
  readonly property: PropertyDefinition
  readonly value: JsonValue | undefined
}

/** The fields that count for a node as it is set up, in the order of its definition. */
export function fieldsOfNode(node: FlowNode, definition: NodeDefinition): readonly PanelField[] {
  return Object.entries(definition.properties)
    .filter(([, property]) => isVisible(property, definition, node))
    .map(([key, property]) => ({ key, property, value: node.properties?.[key] }))
}

/** The fields that are shown at once: all of a few; of many those that are required or set. */
export function unfoldedKeys(fields: readonly PanelField[]): ReadonlySet<string> {
  const shown = fields.filter(
    ({ property, value }) =>
      fields.length < manyFields || property.required === true || isSet(value),
  )
  return new Set(shown.map(({ key }) => key))
}

/** Whether a field is meant by a search: by its label, its help or what stands in it. */
export function matchesField({ property, value }: PanelField, query: string): boolean {
  const text = [property.label, property.help, value === undefined ? '' : JSON.stringify(value)]
    .join(' ')
    .toLowerCase()
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}
