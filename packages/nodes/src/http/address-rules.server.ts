import { isIP } from 'node:net'
import type { OutgoingTarget } from '@millrace/engine'
import { FlowError } from '@millrace/flow'
import ipaddr from 'ipaddr.js'

type Address = ipaddr.IPv4 | ipaddr.IPv6

/** What an operator allows beside public addresses: a host by name, or a range of addresses. */
export type AllowRule =
  | { readonly kind: 'host'; readonly host: string; readonly port: number | undefined }
  | {
      readonly kind: 'range'
      readonly range: readonly [Address, number]
      readonly port: number | undefined
    }

/**
 * Reads `MILLRACE_ALLOW_HOSTS`: host, host:port, address or CIDR, separated by commas; IPv6 in
 * brackets. Throws `bad_request` naming the entry that it cannot read.
 */
export function parseAllowHosts(text: string): readonly AllowRule[] {
  return text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
    .map(parseEntry)
}

function parseEntry(entry: string): AllowRule {
  const [, bracketed, plain, bits, portText] =
    /^(?:\[([^\]/]+(?:\/\d+)?)\]|([^[\]/:]+))(\/\d+)?(?::(\d+))?$/.exec(entry) ?? []
  const host = bracketed ?? plain
  const port = portText === undefined ? undefined : Number(portText)
  if (host === undefined || (port !== undefined && (port < 1 || port > 65_535)))
    throw unreadable(entry)
  const range = host + (bits ?? '')
  if (range.includes('/')) {
    if (!ipaddr.isValidCIDR(range)) throw unreadable(entry)
    return { kind: 'range', range: ipaddr.parseCIDR(range), port }
  }
  if (isIP(host) !== 0) {
    const address = ipaddr.process(host)
    return { kind: 'range', range: [address, address.kind() === 'ipv4' ? 32 : 128], port }
  }
  if (bracketed !== undefined || !/^[a-z0-9_.-]+$/i.test(host)) throw unreadable(entry)
  return { kind: 'host', host: host.toLowerCase(), port }
}

function unreadable(entry: string): FlowError {
  return new FlowError(
    'bad_request',
    `MILLRACE_ALLOW_HOSTS has "${entry}", which is no host, host:port, address or CIDR. Separate entries by commas, and write IPv6 in brackets: models.internal:8080, 10.0.0.0/8, [fd00::1].`,
  )
}

/** Of IPv6, only this range is given to the public; others hold IPv4 addresses in old forms. */
const globalIpv6 = ipaddr.parseCIDR('2000::/3')

/** Of Azure: public by its number, it serves each machine there its own configuration alone. */
const wireServer = '168.63.129.16'

function isGlobal(address: Address): boolean {
  if (address.kind() === 'ipv4') return address.toString() !== wireServer
  return address.match(globalIpv6)
}

/**
 * Decides which addresses the server may connect to. Public ones are free; private, link-local and
 * reserved ones must be listed; loopback is free where `allowLoopback` says so; an unspecified
 * address (0.0.0.0, ::) is never reached.
 */
export function createAddressRules({
  allow,
  allowLoopback,
}: {
  readonly allow: readonly AllowRule[]
  readonly allowLoopback: boolean
}): (target: OutgoingTarget) => boolean {
  return ({ host, port, address: text }) => {
    if (isIP(text) === 0) return false
    // An IPv4 address in the form of IPv6 is judged as what it is.
    const address = ipaddr.process(text)
    const range = address.range()
    if (range === 'unspecified') return false
    if (range === 'unicast' && isGlobal(address)) return true
    if (range === 'loopback' && allowLoopback) return true
    return allow.some((rule) => {
      if (rule.port !== undefined && rule.port !== port) return false
      return rule.kind === 'host'
        ? rule.host === host.toLowerCase()
        : address.kind() === rule.range[0].kind() && address.match([...rule.range])
    })
  }
}
