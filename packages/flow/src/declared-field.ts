import type { FlowVariable } from './flow.ts'
import { firstRepeated, isIdentifier } from './name.ts'
import { isRecord, type JsonValue } from './json.ts'
import type { Type } from './type.ts'

/** The types that a designer chooses from where a type is declared. */
export const declaredTypes = ['text', 'number', 'boolean', 'list', 'record', 'any'] as const

/** A type as a designer declares it; what a list or a record holds is not said. */
export type DeclaredType = FlowVariable['type']

/** One field of a record that a flow expects from its caller. */
export interface DeclaredField {
  readonly name: string
  readonly type: DeclaredType
  /** Whether a caller may leave it out; it is null then. */
  readonly optional?: boolean
  readonly description?: string
}

/** Whether a value names a type that a designer may declare. */
export function isDeclaredType(value: unknown): value is DeclaredType {
  return declaredTypes.some((type) => type === value)
}

/** A declared type, as references see it. */
export function typeOfDeclared(type: DeclaredType): Type {
  if (type === 'list') return { list: 'any' }
  if (type === 'record') return { record: {} }
  return type
}

/** The type of a record with these fields; without any it is open. */
export function typeOfFields(fields: readonly DeclaredField[]): Type {
  return {
    record: Object.fromEntries(
      fields.map(({ name, type, optional }) => [
        name,
        optional === true ? { optional: typeOfDeclared(type) } : typeOfDeclared(type),
      ]),
    ),
  }
}

/** Reads the literal form of a `fields` property; `undefined` when it has another shape. */
export function readDeclaredFields(value: JsonValue): readonly DeclaredField[] | undefined {
  return Array.isArray(value) && value.every(isDeclaredField) ? value : undefined
}

function isDeclaredField(item: unknown): item is DeclaredField {
  return (
    isRecord(item) &&
    typeof item['name'] === 'string' &&
    isDeclaredType(item['type']) &&
    (item['optional'] === undefined || typeof item['optional'] === 'boolean') &&
    (item['description'] === undefined || typeof item['description'] === 'string')
  )
}

/** Why well-formed fields cannot be used, as the end of a sentence about their property. */
export function whyNotDeclaredFields(fields: readonly DeclaredField[]): string | undefined {
  const wrong = fields.find(({ name }) => !isIdentifier(name))
  if (wrong !== undefined) {
    return `has a field "${wrong.name}"; a name is a letter first, then letters, digits and _ only`
  }
  const names = fields.map(({ name }) => name)
  const twice = firstRepeated(names)
  return twice === undefined ? undefined : `has two fields named "${twice}"`
}
