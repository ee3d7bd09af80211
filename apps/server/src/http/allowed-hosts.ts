import { FlowError } from '@millrace/flow'
import type { IncomingMessage } from 'node:http'

/** Refuses requests across names and across origins: `expectHostName` and `expectAllowedOrigin`. */
export function checkHosts(request: IncomingMessage, publicHosts: readonly string[]): void {
  expectHostName(request, publicHosts)
  expectAllowedOrigin(request, publicHosts)
}

/**
 * Refuses requests that a page of another site made by a name that was bound to this address: the
 * `Host` header. `publicHosts` are allowed besides loopback's names; ports do not matter. Throws
 * `forbidden`.
 */
export function expectHostName(request: IncomingMessage, publicHosts: readonly string[]): void {
  const { host } = request.headers
  if (host !== undefined && isAllowed(hostnameOf(`http://${host}`), publicHosts)) return
  throw new FlowError(
    'forbidden',
    `This server does not answer to the host name "${host ?? ''}". Use localhost, or add the name to MILLRACE_PUBLIC_HOSTS.`,
  )
}

/**
 * Refuses requests across origins, by the `Origin` header, on whatever may change something. Throws
 * `forbidden`.
 */
export function expectAllowedOrigin(
  request: IncomingMessage,
  publicHosts: readonly string[],
): void {
  const { origin, upgrade } = request.headers
  const isReading = request.method === 'GET' || request.method === 'HEAD'
  if (origin === undefined || (isReading && upgrade === undefined)) return
  if (isAllowed(hostnameOf(origin), publicHosts)) return
  throw new FlowError(
    'forbidden',
    `Pages of "${origin}" may not call this server. To let them run a flow, list this origin in the flow's public access; if it is this server's own, add its host name to MILLRACE_PUBLIC_HOSTS.`,
  )
}

/** Whether a page asks that this very address answered with. */
export function isSameOrigin({ headers: { origin = '', host } }: IncomingMessage): boolean {
  return host !== undefined && URL.parse(origin)?.host === host
}

/**
 * The same behind a proxy too, which may ask by another name. Another port of this machine is another
 * page, whoever may design there.
 */
export function isOwnPage(request: IncomingMessage, publicHosts: readonly string[]): boolean {
  const hostname = hostnameOf(request.headers.origin ?? '')
  return isSameOrigin(request) || (hostname !== undefined && publicHosts.includes(hostname))
}

function isAllowed(hostname: string | undefined, publicHosts: readonly string[]): boolean {
  if (hostname === undefined) return false
  return isLoopbackName(hostname) || publicHosts.includes(hostname)
}

function isLoopbackName(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    /^127(\.[0-9]{1,3}){3}$/.test(hostname)
  )
}

function hostnameOf(url: string): string | undefined {
  // The opaque origin "null", and anything else that is no address, has no name to allow.
  return URL.parse(url)?.hostname.replace(/\.$/, '') || undefined
}
