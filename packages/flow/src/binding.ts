import { isRecord, type JsonValue } from './json.ts'

/** A variable, and a path into it in CEL's select and index form: `searchResult.records[0]["Order ID"]`. */
export interface ReferenceBinding {
  readonly $ref: string
}
/** Text with values in it: each part is plain text, or what a reference or an expression gives. */
export interface TextBinding {
  readonly $text: readonly TextPart[]
}
export type TextPart = string | ReferenceBinding | ExpressionBinding
/** A CEL expression over what is in scope. */
export interface ExpressionBinding {
  readonly $expr: string
}
/** A literal object that would otherwise read as one of the others. */
export interface LiteralBinding {
  readonly $literal: JsonValue
}

/** The value a flow gives a property, told apart. */
export type Binding =
  | { readonly kind: 'literal'; readonly value: JsonValue }
  | { readonly kind: 'reference'; readonly reference: string }
  | { readonly kind: 'text'; readonly parts: readonly TextPart[] }
  | { readonly kind: 'expression'; readonly source: string }

export type BindingKind = Binding['kind']

/**
 * What a property's JSON says. An object with one of the four keys, and no other key, is a binding;
 * one that has such a key but not its shape is `undefined`: malformed, never quietly a literal.
 */
export function readBinding(value: JsonValue): Binding | undefined {
  if (!isRecord(value)) return { kind: 'literal', value }
  const key = ['$ref', '$text', '$expr', '$literal'].find((name) => Object.hasOwn(value, name))
  if (key === undefined) return { kind: 'literal', value: value as JsonValue } // isRecord narrowed JSON
  if (Object.keys(value).length !== 1) return undefined
  const content = value[key]
  switch (key) {
    case '$ref':
      return typeof content === 'string' ? { kind: 'reference', reference: content } : undefined
    case '$expr':
      return typeof content === 'string' ? { kind: 'expression', source: content } : undefined
    case '$text':
      return Array.isArray(content) && content.every(isTextPart)
        ? { kind: 'text', parts: content }
        : undefined
    default:
      return { kind: 'literal', value: content as JsonValue } // a JSON value's own value
  }
}

function isTextPart(part: unknown): part is TextPart {
  if (typeof part === 'string') return true
  if (!isRecord(part) || Object.keys(part).length !== 1) return false
  return typeof part['$ref'] === 'string' || typeof part['$expr'] === 'string'
}

/** The JSON of a binding, as it stands in the document; a literal is escaped only when it must be. */
export function writeBinding(binding: Binding): JsonValue {
  switch (binding.kind) {
    case 'reference':
      return { $ref: binding.reference }
    case 'expression':
      return { $expr: binding.source }
    case 'text':
      return { $text: binding.parts.map((part) => (typeof part === 'string' ? part : { ...part })) }
    case 'literal': {
      const reread = readBinding(binding.value)
      return reread?.kind === 'literal' && reread.value === binding.value
        ? binding.value
        : { $literal: binding.value }
    }
  }
}

/** Whether a property counts as set: neither absent nor null nor text with nothing in it. */
export function isSet(value: JsonValue | undefined): value is JsonValue {
  if (value === undefined || value === null || value === '') return false
  const binding = readBinding(value)
  if (binding === undefined) return true
  switch (binding.kind) {
    case 'literal':
      return binding.value !== null && binding.value !== ''
    case 'reference':
      return binding.reference !== ''
    case 'expression':
      return binding.source.trim() !== ''
    case 'text':
      return binding.parts.some((part) => part !== '')
  }
}
