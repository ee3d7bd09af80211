import { FlowError } from '@millrace/flow'
import type { Request } from 'express'

/** The key by which a request that comes again is known, if it has one. Throws `bad_request`. */
export function idempotencyKeyOf(request: Request): string | undefined {
  const key = request.headers['idempotency-key']
  if (key === undefined) return undefined
  if (typeof key === 'string' && /^[\x20-\x7E]{1,200}$/.test(key)) return key
  throw new FlowError(
    'bad_request',
    'The Idempotency-Key holds 1 to 200 printable ASCII characters. Send a UUID, for example.',
  )
}
