import {
  describeType,
  FlowError,
  isOfType,
  isRecord,
  typeOfDeclared,
  type DeclaredField,
  type JsonValue,
} from '@millrace/flow'
import { kindOf } from '../kind-of.ts'

interface DeclaredInput {
  readonly fields: readonly DeclaredField[]
  /** What counts when the caller sent nothing. */
  readonly defaultData: JsonValue | undefined
}

/** What is wrong with one field of an input. */
interface WrongField {
  readonly field: string
  readonly expected: string
  /** What came instead; `nothing` when the field is missing. */
  readonly found: string
}

/**
 * Checks what a caller sent against the fields that a trigger declares. [R2] A field that may be left
 * out is null then; what is not declared is kept. Throws `input_invalid` naming every wrong field.
 */
export function readDeclared(
  input: unknown,
  { fields, defaultData }: DeclaredInput,
): Readonly<Record<string, unknown>> {
  const isDefault = input === undefined && defaultData !== undefined
  const given = isDefault ? defaultData : input === undefined ? {} : input
  const whose = isDefault ? 'The default data of the trigger' : 'What the flow was started with'
  if (!isRecord(given)) {
    throw new FlowError(
      'input_invalid',
      `${whose} must be a JSON object, but is ${kindOf(given)}. Send { … }.`,
    )
  }
  const wrong = fields.flatMap((field) => whyWrong(field, given))
  if (wrong.length > 0) {
    throw new FlowError(
      'input_invalid',
      `${whose} does not fit: ${wrong.map(inWords).join('; ')}.`,
      { details: { fields: wrong } },
    )
  }
  const leftOut = fields.filter(({ name }) => !Object.hasOwn(given, name)).map(({ name }) => name)
  return { ...given, ...Object.fromEntries(leftOut.map((name) => [name, null])) }
}

function whyWrong(
  { name, type, optional }: DeclaredField,
  given: Readonly<Record<string, unknown>>,
): readonly WrongField[] {
  const value = Object.hasOwn(given, name) ? given[name] : undefined
  const wanted = typeOfDeclared(type)
  if (optional === true && (value === undefined || value === null)) return []
  if (value !== undefined && isOfType(value, wanted)) return []
  return [{ field: name, expected: describeType(wanted), found: kindOf(value) }]
}

function inWords({ field, expected, found }: WrongField): string {
  return found === 'nothing'
    ? `"${field}" is missing (${expected})`
    : `"${field}" must be ${expected}, but is ${found}`
}
