import { isIP } from 'node:net'
import type { OutgoingTarget, Services } from '@millrace/engine'
import { Agent, buildConnector, type Dispatcher } from 'undici'
import { AddressRefused, checkedLookup } from '../network/checked-lookup.server.ts'
import { ExchangeDispatcher } from './exchange-dispatcher.server.ts'

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

/** The same as a node of a run has it: through the exchanges of the run, where it has any. */
export function dispatcherFor(nodeId: string, services: Services): Dispatcher {
  const { exchanges, wait } = services
  const network = dispatcherOf(services)
  return exchanges === undefined
    ? network
    : new ExchangeDispatcher({ exchanges, nodeId, network, wait })
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
