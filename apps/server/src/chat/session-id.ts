import { FlowError } from '@millrace/flow'
import type { Request } from 'express'
import { timeOrderedId } from '../run-services.ts'

/** The session that a client names, or a new one. Throws `bad_request` for one that is no name. */
export function sessionIdOf(request: Request): string {
  const id = request.headers['x-session-id']
  if (id === undefined) return timeOrderedId()
  if (typeof id === 'string' && /^[\x21-\x7E]{1,200}$/.test(id)) return id
  throw new FlowError(
    'bad_request',
    'The header x-session-id holds 1 to 200 printable ASCII characters without spaces. Send a UUID, for example.',
  )
}
