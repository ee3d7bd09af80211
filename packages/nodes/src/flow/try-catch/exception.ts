import { FlowError, statusByCode, type ErrorCode, type ValueOf } from '@millrace/flow'

/** A caught error, as the nodes of a flow see it. */
export type Exception = ValueOf<'exception'>

/** The value that *Catch* gives its nodes. */
export function exceptionOf(error: FlowError): Exception {
  const { code, message, retryable, nodeId = null, property = null, details = {} } = error.toShape()
  return { code, message, retryable, nodeId, property, details }
}

/**
 * The error that a caught value was, to be thrown again as it came: at the node that failed. A flow
 * can make such a value itself; with a code that is none, it is an error of that flow.
 */
export function errorOf(exception: Exception): FlowError {
  const { code, message, retryable, nodeId, property, details } = exception
  return new FlowError(isErrorCode(code) ? code : 'flow_failed', message, {
    retryable,
    ...(nodeId === null ? {} : { nodeId }),
    ...(property === null ? {} : { property }),
    details,
  })
}

function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(statusByCode, code)
}
