import { FlowError, type RunEventOf } from '@millrace/flow'

/** Why a run is ended before its end: from outside, by its time limit, or by another limit. */
export type Cancellation =
  | { readonly reason: 'stop' | 'disconnect' | 'shutdown' | 'timeout' }
  | { readonly reason: 'limit'; readonly error: FlowError }

/** How a run ended. */
export type RunEnd = Pick<RunEventOf<'run-end'>, 'outcome' | 'result' | 'error'>

/** [E12] How a run ends that was cancelled; `seconds` is what it might take. */
export function endOfCancelled(cancellation: Cancellation, seconds: number): RunEnd {
  switch (cancellation.reason) {
    case 'timeout':
      return { outcome: 'failed', error: timeoutError(seconds).toShape() }
    case 'limit':
      return { outcome: 'failed', error: cancellation.error.toShape() }
    case 'shutdown':
      return { outcome: 'interrupted' }
    case 'stop':
    case 'disconnect':
      return { outcome: 'cancelled' }
  }
}

function timeoutError(seconds: number): FlowError {
  return new FlowError(
    'timeout',
    `The run took longer than ${seconds} seconds and was ended. Make it faster, or give it more time: in the flow's settings, or by the way it is started.`,
    { retryable: true, details: { limit: 'timeoutSeconds', max: seconds } },
  )
}
