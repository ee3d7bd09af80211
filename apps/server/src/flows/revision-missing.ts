import { FlowError } from '@millrace/flow'

/** The error of a revision that never was, or is thinned out. */
export function revisionMissing(id: string, revision: number): FlowError {
  return new FlowError(
    'not_found',
    `There is no revision ${revision} of the flow "${id}" any more. Of old revisions that follow each other closely, only the last is kept.`,
  )
}
