import {
  describeType,
  FlowError,
  isOfType,
  typeOfDeclared,
  typeOfValue,
  type FlowVariable,
} from '@millrace/flow'

/** The error of a result that is not of the type which was declared for it, if it is not. */
export function wrongResult(
  title: string,
  result: unknown,
  resultType: FlowVariable['type'],
): FlowError | undefined {
  const type = typeOfDeclared(resultType)
  if (isOfType(result, type)) return undefined
  const given = result === null ? 'nothing' : describeType(typeOfValue(result))
  return new FlowError(
    'function_failed',
    `The code of "${title}" returned ${given}, and its Result type is ${describeType(type)}. Return that, or change the Result type.`,
    { property: 'resultType' },
  )
}
