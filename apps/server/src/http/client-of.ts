import type { IncomingMessage } from 'node:http'
import ipaddr from 'ipaddr.js'
import type { TrustsProxy } from './trusted-proxies.ts'

/** Who made a request, as far as the network tells. */
export interface Client {
  /** `undefined` once the connection is gone. */
  readonly address: string | undefined
  /** Whether it spoke TLS, with a proxy; the server itself speaks none. */
  readonly isSecure: boolean
}

const clients = new WeakMap<IncomingMessage, Client>()

/** The client of a request; where nobody said which, whoever is connected. */
export function clientOf(request: IncomingMessage): Client {
  return clients.get(request) ?? { address: peerOf(request), isSecure: false }
}

/**
 * Whom limits by address count: whoever has the client's address. Of IPv6 that is its network, of
 * 64 bits, since a single client has all of it to itself.
 */
export function networkOf(request: IncomingMessage): string {
  const { address = '' } = clientOf(request)
  if (!ipaddr.isValid(address)) return address
  const ip = ipaddr.process(address)
  return ip.kind() === 'ipv4'
    ? ip.toString()
    : ipaddr.IPv6.networkAddressFromCIDR(`${ip.toString()}/64`).toString()
}

/**
 * Makes what arrived through trusted proxies look as its client sent it: `clientOf` knows the client
 * behind them, and `Host` is the name that it asked for. Each proxy adds an address to
 * `X-Forwarded-For`, so those are read from the right, as far as proxies are trusted: what stands
 * further left anybody may have written. What others say about forwarding counts for nothing.
 */
export function seeThroughProxies(request: IncomingMessage, trusts: TrustsProxy): void {
  const peer = peerOf(request)
  if (peer === undefined || !trusts(peer)) return
  const chain = [...valuesOf(request, 'x-forwarded-for').map(plainAddress), peer]
  const client = Math.max(
    0,
    chain.findLastIndex((address) => !trusts(address)),
  )
  const proxies = chain.length - 1 - client
  // A proxy sets these, or adds to them as to the addresses.
  const told = (name: string) => {
    const values = valuesOf(request, name)
    return values[Math.max(0, values.length - Math.max(1, proxies))]
  }
  const host = told('x-forwarded-host')
  if (host !== undefined) request.headers.host = host
  const isSecure = told('x-forwarded-proto') === 'https'
  clients.set(request, { address: chain[client], isSecure })
}

function peerOf({ socket }: IncomingMessage): string | undefined {
  return socket.remoteAddress === undefined ? undefined : plainAddress(socket.remoteAddress)
}

/** A socket for both families writes an address of IPv4 as one of IPv6. */
function plainAddress(address: string): string {
  return address.replace(/^::ffff:(?=[0-9.]+$)/i, '')
}

function valuesOf({ headers }: IncomingMessage, name: string): readonly string[] {
  // Node.js joins headers of these names that came more than once.
  const values = String(headers[name] ?? '').split(',')
  return values.map((value) => value.trim()).filter((value) => value !== '')
}
