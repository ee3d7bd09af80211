import { FlowError } from '@millrace/flow'
import type { AddressRefused } from './checked-lookup.server.ts'

/** No list of allowed hosts opens these. */
const unspecified = ['0.0.0.0', '::']

/** The error of an address that may not be reached. `what` leads to it: a connection, or a URL. */
export function addressRefusal(
  { host, port, addresses }: AddressRefused,
  { what, property }: { readonly what: string; readonly property: string },
): FlowError {
  const options = { property, details: { host, port } }
  if (addresses.every((address) => unspecified.includes(address))) {
    return new FlowError(
      'address_refused',
      `${what} leads to "${host}", which is where a server listens, not an address to reach one at. Write 127.0.0.1 for this machine, or the name of the server.`,
      options,
    )
  }
  const where = addresses.includes(host) ? `"${host}"` : `"${host}" (${addresses.join(', ')})`
  const entry = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
  return new FlowError(
    'address_refused',
    `${what} leads to ${where}, which is inside a private or reserved network that this server does not reach by itself. Use another address, or let an operator add "${entry}" to MILLRACE_ALLOW_HOSTS.`,
    options,
  )
}
