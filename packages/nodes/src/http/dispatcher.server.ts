import { lookup as resolve, type LookupAddress, type LookupOptions } from 'node:dns'
import { isIP } from 'node:net'
import type { OutgoingTarget, Services } from '@millrace/engine'
import { FlowError } from '@millrace/flow'
import { Agent, buildConnector, type Dispatcher } from 'undici'

/** How long a connection may take to be made, in milliseconds. */
const connectMs = 10_000
/** How long an idle connection is kept where the server does not say; a new one costs more than tokens. */
const keepAliveMs = 30_000

/**
 * The one pool of connections that all calls of these services share. Every address is checked when
 * a connection is made, after its name was resolved, so that a name cannot point elsewhere later.
 */
export function dispatcherOf(services: Services): Dispatcher {
  return services.share(
    'http.dispatcher',
    () => createDispatcher(services.mayConnect),
    (dispatcher) => void dispatcher.destroy(),
  )
}

/** Makes a pool that connects only where `mayConnect` allows. */
function createDispatcher(mayConnect: (target: OutgoingTarget) => boolean): Dispatcher {
  const connectors = new Map<number, buildConnector.connector>()

  function connectorFor(port: number): buildConnector.connector {
    const known = connectors.get(port)
    if (known !== undefined) return known
    const connector = buildConnector({
      timeout: connectMs,
      allowH2: false,
      lookup: checkedLookup(port, mayConnect),
    })
    connectors.set(port, connector)
    return connector
  }

  return new Agent({
    keepAliveTimeout: keepAliveMs,
    connect(options, callback) {
      const port = Number(options.port) || (options.protocol === 'https:' ? 443 : 80)
      const host = options.hostname.replace(/^\[|\]$/g, '')
      // A literal address is never looked up.
      if (isIP(host) !== 0 && !mayConnect({ host, port, address: host })) {
        callback(refused(host, port, [host]), null)
        return
      }
      connectorFor(port)(options, callback)
    },
  })
}

type LookupCallback = (
  error: Error | null,
  addresses: LookupAddress[] | string,
  family?: number,
) => void

function checkedLookup(port: number, mayConnect: (target: OutgoingTarget) => boolean) {
  return (host: string, options: LookupOptions, callback: LookupCallback): void => {
    resolve(host, { ...options, all: true }, (error, found) => {
      if (error !== null) {
        callback(error, [])
        return
      }
      const allowed = found.filter(({ address }) => mayConnect({ host, port, address }))
      const [first] = allowed
      if (first === undefined) {
        const addresses = found.map(({ address }) => address)
        callback(refused(host, port, addresses), [])
      } else if (options.all === true) callback(null, allowed)
      else callback(null, first.address, first.family)
    })
  }
}

function refused(host: string, port: number, addresses: readonly string[]): FlowError {
  if (addresses.every((address) => unspecified.includes(address))) {
    return new FlowError(
      'address_refused',
      `"${host}" is where a server listens, not an address to reach one at. Write 127.0.0.1 for this machine, or the name of the server.`,
      { property: 'connection', details: { host, port } },
    )
  }
  const where = addresses.includes(host) ? `"${host}"` : `"${host}" (${addresses.join(', ')})`
  const entry = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
  return new FlowError(
    'address_refused',
    `The address ${where} is inside a private or reserved network, which this server does not reach by itself. Use another address, or let an operator add "${entry}" to MILLRACE_ALLOW_HOSTS.`,
    { property: 'connection', details: { host, port } },
  )
}

/** No list of allowed hosts opens them. */
const unspecified = ['0.0.0.0', '::']
