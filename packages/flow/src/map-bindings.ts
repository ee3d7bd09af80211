import { readBinding, writeBinding, type Binding } from './binding.ts'
import { replaceAt, type JsonValue } from './json.ts'
import { rulesOf, type PropertyDefinition } from './property.ts'

/** Changes every binding in a property's value: the value itself, and the cells inside it. */
export function mapBindings(
  value: JsonValue,
  property: PropertyDefinition,
  change: (binding: Binding) => Binding,
): JsonValue {
  if (property.kind === 'json') return value
  const changed = (one: JsonValue): JsonValue => {
    const binding = readBinding(one)
    if (binding === undefined || binding.kind === 'literal') return one
    return writeBinding(change(binding))
  }
  const cells = rulesOf(property).cells?.(value, property) ?? []
  const inside = cells.reduce(
    (current, cell) => replaceAt(current, cell.path, changed(cell.value)),
    value,
  )
  return changed(inside)
}
