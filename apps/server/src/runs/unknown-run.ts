import { FlowError } from '@millrace/flow'

/** Of a run that is not there, and of one that is none of the caller's business. */
export function unknownRun(runId: string): FlowError {
  return new FlowError('not_found', `There is no run "${runId}", or it is no longer kept.`)
}
