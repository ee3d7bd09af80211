import {
  isOfType,
  isRecord,
  typeOfDeclared,
  type DeclaredField,
  type DeclaredType,
  type JsonValue,
} from '@millrace/flow'
import { readJson } from '../properties/read-json.ts'

/** What is wrong with an input, and in which of its fields; without one, with all of it. */
export interface InputProblem {
  readonly field: string | undefined
  readonly message: string
}

/** The JSON that an input's text stands for, and what is wrong with it before it is sent. */
export interface ReadInput {
  /** `undefined` for text that is no JSON. */
  readonly value: JsonValue | undefined
  readonly problems: readonly InputProblem[]
}

/** Reads the text of an input against the fields that the flow declares. */
export function readInput(text: string, fields: readonly DeclaredField[]): ReadInput {
  const read = readJson(text)
  if ('problem' in read) {
    return { value: undefined, problems: [{ field: undefined, message: read.problem }] }
  }
  const value = read.value ?? {}
  if (fields.length === 0) return { value, problems: [] }
  if (!isRecord(value)) {
    return { value, problems: [{ field: undefined, message: 'It must be a JSON object: { … }.' }] }
  }
  return { value, problems: fields.flatMap((field) => problemOf(field, value[field.name])) }
}

function problemOf({ name, type, optional }: DeclaredField, value: unknown): InputProblem[] {
  if (value === undefined || value === null) {
    if (optional === true || (type === 'any' && value === null)) return []
    return [{ field: name, message: `“${name}” is needed.` }]
  }
  if (isOfType(value, typeOfDeclared(type))) return []
  return [{ field: name, message: `“${name}” must be ${inWords[type]}.` }]
}

const inWords: Readonly<Record<DeclaredType, string>> = {
  text: 'text',
  number: 'a number',
  boolean: 'yes or no: true or false',
  list: 'a list: [ … ]',
  record: 'a record: { … }',
  any: 'anything',
}
