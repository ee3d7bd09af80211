import { lookup as resolve, type LookupAddress, type LookupOptions } from 'node:dns'
import { isIP } from 'node:net'
import type { OutgoingTarget, Services } from '@millrace/engine'
import { Agent, buildConnector, type Dispatcher } from 'undici'

/** How long a connection may take to be made, in milliseconds. */
const connectMs = 10_000
/** How long an idle connection is kept where the server does not say; a new one costs more than tokens. */
const keepAliveMs = 30_000

/** A connection that was not made, because of where it leads. */
export class AddressRefused extends Error {
  readonly host: string
  readonly port: number
  /** To which the host resolved; itself when it is an address. */
  readonly addresses: readonly string[]

  constructor(host: string, port: number, addresses: readonly string[]) {
    super(`The address of ${host}:${port} is refused.`)
    this.host = host
    this.port = port
    this.addresses = addresses
  }
}

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
        callback(new AddressRefused(host, port, [host]), null)
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
        callback(new AddressRefused(host, port, addresses), [])
      } else if (options.all === true) callback(null, allowed)
      else callback(null, first.address, first.family)
    })
  }
}
