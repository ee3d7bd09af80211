import {
  parseReference,
  readBinding,
  readFormat,
  rulesOf,
  type JsonValue,
  type PropertyDefinition,
  type TextPart,
} from '@millrace/flow'
import { readJson } from './read-json.ts'

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

/**
 * The way a value is filled in; `undefined` when nothing is set. An expression that only formats a
 * variable is that variable, with a format.
 */
export function modeOf(
  value: JsonValue | undefined,
  property: PropertyDefinition,
): FieldMode | undefined {
  const binding = value === undefined ? undefined : readBinding(value)
  if (value === undefined) return undefined
  switch (binding?.kind) {
    case 'expression':
      return readFormat(binding.source) === undefined ? 'expression' : wayOfVariables(property)
    case 'reference':
      return takesChips(property) ? 'literal' : 'reference'
    default:
      return 'literal'
  }
}

/** Where a variable with a format stands: as a chip in the literal, or in the way of variables. */
function wayOfVariables(property: PropertyDefinition): FieldMode {
  if (takesChips(property)) return 'literal'
  return modesOf(property).includes('reference') ? 'reference' : 'expression'
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
      if (binding.kind !== 'expression') return undefined
      if (readFormat(binding.source) !== undefined) return value
      return parseReference(binding.source) === undefined ? undefined : { $ref: binding.source }
    case 'literal': {
      if (binding.kind !== 'expression') return undefined
      if (takesChips(property)) {
        if (readFormat(binding.source) !== undefined) return value
        if (parseReference(binding.source) !== undefined) return { $ref: binding.source }
      }
      const read = readJson(binding.source)
      const literal = 'value' in read ? (read.value ?? undefined) : undefined
      const isRefused = literal === undefined || rulesOf(property).refuses(literal, property)
      return isRefused ? undefined : literal
    }
  }
}

function joinedInCel(parts: readonly TextPart[]): string {
  return parts
    .map((part) => {
      if (typeof part === 'string') return JSON.stringify(part)
      return `string(${'$ref' in part ? part.$ref : part.$expr})`
    })
    .join(' + ')
}
