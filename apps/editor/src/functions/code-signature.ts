import { isOptional, type Type } from '@millrace/flow'
import type { CodeInput } from './code-inputs.ts'

/** The line above the code: what it gets, and what it gives. */
export function codeSignature(inputs: readonly CodeInput[], resultType: string): string {
  const parameters = inputs.map(({ name, type }) => `${name}: ${wordOf(type)}`)
  const result = resultType === 'any' ? '' : `: ${resultType}`
  return `function (${parameters.join(', ')})${result} {`
}

/** A type in one word, as designers choose it; what is in a record or a list is not said. */
function wordOf(type: Type): string {
  if (isOptional(type)) return `${wordOf(type.optional)}?`
  if (typeof type !== 'object') return type
  return 'list' in type ? 'list' : 'record'
}
