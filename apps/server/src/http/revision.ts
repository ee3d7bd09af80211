import { FlowError } from '@millrace/flow'
import type { Request } from 'express'

/** The tag of a revision, as `ETag` and `If-Match` carry it. */
export function tagOf(revision: number): string {
  return `"${revision}"`
}

/** The revision that a change is based on. Throws `precondition_required` without `If-Match`. */
export function requiredRevision(request: Request): number {
  const revision = optionalRevision(request)
  if (revision !== undefined) return revision
  throw new FlowError(
    'precondition_required',
    'A change says which revision it is based on. Send the ETag that you read as If-Match.',
  )
}

/** The revision in `If-Match`, if it was sent. Throws `bad_request` for anything but a revision. */
export function optionalRevision(request: Request): number | undefined {
  const header = request.headers['if-match']
  if (header === undefined) return undefined
  // A proxy that compresses marks tags as weak; the revision is the same.
  const [, digits] = /^(?:W\/)?"([0-9]{1,15})"$/.exec(header) ?? []
  if (digits !== undefined) return Number(digits)
  throw new FlowError(
    'bad_request',
    `If-Match is ${header}, which is no revision of this server. Send the ETag that you read, such as "3".`,
  )
}
