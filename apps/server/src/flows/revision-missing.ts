import { FlowError } from '@millrace/flow'

/** The error of a revision that never was, or is thinned out. */
export function revisionMissing(id: string, revision: number): FlowError {
  return new FlowError(
    'not_found',
    `The flow "${id}" has no revision ${revision}, or no more: of old revisions that follow each other closely, only the last is kept.`,
  )
}
