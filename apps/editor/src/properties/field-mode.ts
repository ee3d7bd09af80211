import {
  parseReference,
  readBinding,
  rulesOf,
  type JsonValue,
  type PropertyDefinition,
} from '@millrace/flow'
import { readJson } from './json-control.tsx'

/** How a field is filled in: with a literal (text may hold chips), a variable, or an expression. */
export type FieldMode = 'literal' | 'reference' | 'expression'

/** Whether the property's literal is text in which variables may stand: then chips do for variables. */
function takesChips(property: PropertyDefinition): boolean {
  if (!rulesOf(property).bindings.includes('text')) return false
  if (property.kind !== 'value') return true
  const type = property.type ?? 'any'
  return type === 'any' || type === 'text'
}

/** The ways a property can be filled in, in the order of the switch. */
export function modesOf(property: PropertyDefinition): readonly FieldMode[] {
  const { bindings } = rulesOf(property)
  return [
    ...(bindings.includes('literal') ? ['literal' as const] : []),
    ...(bindings.includes('reference') && !takesChips(property) ? ['reference' as const] : []),
    ...(bindings.includes('expression') ? ['expression' as const] : []),
  ]
}

/**
 * The way in which an empty field is filled in at first. A list or a record nearly always comes from
 * a variable: whoever writes one as JSON switches.
 */
export function firstModeOf(property: PropertyDefinition): FieldMode {
  const modes = modesOf(property)
  const isOfParts =
    property.kind === 'value' && typeof rulesOf(property).type(property) === 'object'
  return isOfParts && modes.includes('reference') ? 'reference' : (modes[0] ?? 'reference')
}

/** The way a value is filled in; `undefined` when nothing is set. */
export function modeOf(
  value: JsonValue | undefined,
  property: PropertyDefinition,
): FieldMode | undefined {
  if (value === undefined) return undefined
  switch (readBinding(value)?.kind) {
    case 'expression':
      return 'expression'
    case 'reference':
      return takesChips(property) ? 'literal' : 'reference'
    default:
      return 'literal'
  }
}

/**
 * The value after its field is switched to another way, keeping its meaning where there is one;
 * `undefined` where there is none.
 */
export function switchMode(
  value: JsonValue | undefined,
  to: FieldMode,
  property: PropertyDefinition,
): JsonValue | undefined {
  const binding = value === undefined ? undefined : readBinding(value)
  if (binding === undefined) return undefined
  switch (to) {
    case 'expression':
      if (property.kind === 'conditions') return undefined
      if (binding.kind === 'reference') return { $expr: binding.reference }
      if (binding.kind === 'literal') return { $expr: JSON.stringify(binding.value) }
      if (binding.kind === 'text') return { $expr: joinedInCel(binding.parts) }
      return value
    case 'reference':
      return binding.kind === 'expression' && parseReference(binding.source) !== undefined
        ? { $ref: binding.source }
        : undefined
    case 'literal': {
      if (binding.kind !== 'expression') return undefined
      if (takesChips(property) && parseReference(binding.source) !== undefined) {
        return { $ref: binding.source }
      }
      const read = readJson(binding.source)
      const literal = 'value' in read ? (read.value ?? undefined) : undefined
      const isRefused = literal === undefined || rulesOf(property).refuses(literal, property)
      return isRefused ? undefined : literal
    }
  }
}

function joinedInCel(parts: readonly (string | { readonly $ref: string })[]): string {
  return parts
    .map((part) => (typeof part === 'string' ? JSON.stringify(part) : `string(${part.$ref})`))
    .join(' + ')
}
