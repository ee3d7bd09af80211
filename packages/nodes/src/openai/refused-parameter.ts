import { isRecord } from '@millrace/flow'

/**
 * Which of these parameters a provider's refusal is about; `undefined` when it is about another one,
 * or nothing of the kind.
 */
export function refusedParameter<Name extends string>(
  error: unknown,
  own: readonly Name[],
): Name | undefined {
  if (!isRecord(error) || (error['status'] !== 400 && error['status'] !== 422)) return undefined
  const { param, message } = error
  if (typeof param === 'string' && param !== '') return own.find((name) => param.startsWith(name))
  return own.find((name) => typeof message === 'string' && message.includes(name))
}
