import { randomBytes } from 'node:crypto'
import type { ServerResponse } from 'node:http'

const start = randomBytes(4).toString('hex')
const ids = new WeakMap<ServerResponse, string>()
let count = 0

/** A name for the next request, unique over restarts. */
export function nextRequestId(): string {
  count += 1
  return `${start}-${count.toString(36)}`
}

/** What the log calls a request; made when it is first asked for, since most requests need none. */
export function requestIdOf(response: ServerResponse): string {
  const id = ids.get(response) ?? nextRequestId()
  ids.set(response, id)
  return id
}
