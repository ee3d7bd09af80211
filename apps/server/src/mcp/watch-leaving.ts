import { isRecord } from '@millrace/flow'
import type { RequestId } from '@modelcontextprotocol/sdk/types.js'
import type { Response } from 'express'
import type { McpSession } from './open-session.ts'

/** Lets the requests of a message know when their client is gone. */
export function watchLeaving(
  { left }: Pick<McpSession, 'left'>,
  {
    body,
    response,
  }: { readonly body: unknown; readonly response: Pick<Response, 'once' | 'destroyed'> },
): void {
  const leaving = new AbortController()
  const ids = (Array.isArray(body) ? body : [body]).flatMap(idOf)
  for (const id of ids) left.set(id, leaving.signal)
  const leave = () => {
    leaving.abort()
    // What begins within this turn still finds that its client is gone.
    setImmediate(() => {
      for (const id of ids) if (left.get(id) === leaving.signal) left.delete(id)
    })
  }
  response.once('close', leave)
  // It may have left while its message was being read.
  if (response.destroyed) leave()
}

function idOf(message: unknown): readonly RequestId[] {
  const id = isRecord(message) ? message['id'] : undefined
  return typeof id === 'string' || typeof id === 'number' ? [id] : []
}
