import { implement } from '@millrace/engine'
import { FlowError, isRecord } from '@millrace/flow'
import { errorOf } from '../try-catch/exception.ts'
import { throwNode } from './definition.ts'

/** Fails, always. */
export const runThrow = implement(throwNode, ({ properties }) => {
  const { error, message, details, exception } = properties
  if (error === 'caught' && exception !== undefined) throw errorOf(exception)
  throw new FlowError('flow_failed', message ?? '', {
    ...(details === undefined ? {} : { details: isRecord(details) ? details : { value: details } }),
  })
})
