import { FlowError, type ErrorShape, type RunOutcome } from '@millrace/flow'

/** Why a run that did not complete has no answer, as its caller is told. */
export function errorOfEnd(
  outcome: RunOutcome | 'running',
  error: ErrorShape | undefined,
): FlowError {
  if (error !== undefined) return fromShape(error)
  return outcome === 'interrupted'
    ? new FlowError('draining', 'The server stopped before the run had ended.', { retryable: true })
    : new FlowError('cancelled', 'The run was stopped before it had ended.')
}

function fromShape({ code, message, ...options }: ErrorShape): FlowError {
  return new FlowError(code, message, options)
}
