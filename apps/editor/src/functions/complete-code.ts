import { describeType, fieldsOf, required, typeAt, type Type } from '@millrace/flow'
import type { CodeInput } from './code-inputs.ts'

/** A name that fits at the caret. */
export interface CodeCompletion {
  readonly name: string
  readonly detail: string
}

/** What the inputs have to offer at a place in code. */
export interface CodeCompletions {
  /** Where the name begins that is being written. */
  readonly from: number
  readonly options: readonly CodeCompletion[]
}

/** The inputs, or the fields of what the path before the caret leads to. */
export function completeCode(
  source: string,
  caret: number,
  inputs: readonly CodeInput[],
): CodeCompletions | undefined {
  const [written = ''] = /[\w$.?]*$/.exec(source.slice(0, caret)) ?? []
  const steps = written.split(/\??\./)
  const word = steps.pop() ?? ''
  const from = caret - word.length
  const [name, ...path] = steps
  if (name === undefined) {
    return {
      from,
      options: inputs.map((input) => ({ name: input.name, detail: describeType(input.type) })),
    }
  }
  const input = inputs.find((one) => one.name === name)
  const type = input && typeAt(input.type, path)
  return type === undefined ? undefined : { from, options: optionsOf(type) }
}

function optionsOf(type: Type): readonly CodeCompletion[] {
  return Object.entries(fieldsOf(required(type)) ?? {})
    .filter(([field]) => /^[A-Za-z_$][\w$]*$/.test(field))
    .map(([field, fieldType]) => ({ name: field, detail: describeType(fieldType) }))
}
