import { FlowError } from '@millrace/flow'

/** A run of which no test can be made, and why not. */
export function unfit(message: string): FlowError {
  return new FlowError('input_invalid', message)
}

/** A test gives outputs, never a failure. */
export function failedIn(title: string): FlowError {
  return unfit(
    `"${title}" failed in this run, which a test cannot give as its outputs. Make a test of a run in which it works.`,
  )
}

/** What another flow yields is no output of the node that runs it. */
export function passesOn(title: string): FlowError {
  return unfit(
    `"${title}" passes on what another flow yields, which a test of this flow cannot give. Make the test of the other flow, or connect "For each yield".`,
  )
}
