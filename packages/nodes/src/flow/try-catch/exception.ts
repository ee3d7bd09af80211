import { FlowError, type ErrorCode, type ValueOf } from '@millrace/flow'

/** A caught error, as the nodes of a flow see it. */
export type Exception = ValueOf<'exception'>

/** The value that *Catch* gives its nodes. */
export function exceptionOf(error: FlowError): Exception {
  const { code, message, retryable, nodeId = null, property = null, details = {} } = error.toShape()
  return { code, message, retryable, nodeId, property, details }
}

/** The error that a caught value was, to be thrown again as it came: at the node that failed. */
export function errorOf(exception: Exception): FlowError {
  const { code, message, retryable, nodeId, property, details } = exception
  // A flow could make such a value itself, with any code; one that is none has no HTTP status.
  return new FlowError(code as ErrorCode, message, {
    retryable,
    ...(nodeId === null ? {} : { nodeId }),
    ...(property === null ? {} : { property }),
    details,
  })
}
