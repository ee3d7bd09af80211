import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { credentialOf } from './credential.ts'

/** Whether a request carries the token that reads metrics, and nothing else. */
export function createHasScrapeToken(
  token: string | undefined,
): (request: IncomingMessage) => boolean {
  if (token === undefined) return () => false
  const expected = digest(token)
  return (request) => {
    const sent = credentialOf(request)
    return sent !== undefined && timingSafeEqual(digest(sent), expected)
  }
}

/** Of one length, so that comparing tells nothing by the time. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
