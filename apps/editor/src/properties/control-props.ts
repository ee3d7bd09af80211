import type { JsonValue, Problem, PropertyDefinition, PropertyKind } from '@millrace/flow'

/** What the control of a property is given; one control stands for each kind of property. */
export interface ControlProps<K extends PropertyKind = PropertyKind> {
  readonly nodeId: string
  readonly property: Extract<PropertyDefinition, { readonly kind: K }>
  readonly value: JsonValue | undefined
  /**
   * `undefined` clears the property, so that its default counts. A change with a `step`, which says
   * what it does, is undone by itself; others in quick succession are undone as one.
   */
  readonly onChange: (value: JsonValue | undefined, step?: string) => void
  /** The element that holds the property's label, and nothing else. */
  readonly labelId: string
  /** The element that says what the property does, or what is wrong with it. */
  readonly describedBy: string | undefined
  readonly isInvalid: boolean
  /** What the check finds in the property, for controls that show it at the cell it belongs to. */
  readonly problems: readonly Problem[]
}

/** What an empty control shows: what the definition says, or the default that counts then. */
export function placeholderOf(property: PropertyDefinition): string {
  if (property.placeholder !== undefined) return property.placeholder
  if (property.default === undefined || property.default === null) return ''
  return typeof property.default === 'string' ? property.default : JSON.stringify(property.default)
}
