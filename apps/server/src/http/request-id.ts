import { randomBytes } from 'node:crypto'
import type { ServerResponse } from 'node:http'

const start = randomBytes(4).toString('hex')
const ids = new WeakMap<ServerResponse, string>()
let count = 0

/** What the log calls a request; made when it is first asked for, since most requests need none. */
export function requestIdOf(response: ServerResponse): string {
  let id = ids.get(response)
  if (id === undefined) {
    count += 1
    id = `${start}-${count.toString(36)}`
    ids.set(response, id)
  }
  return id
}
