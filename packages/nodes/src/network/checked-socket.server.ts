import { isIP, Socket } from 'node:net'
import { AddressRefused, checkedLookup, type MayConnect } from './checked-lookup.server.ts'

/**
 * A socket that connects only where it may: the host is resolved first, and an address that was
 * allowed is dialled, so that a name cannot point elsewhere in between. Made for drivers that call
 * `connect(port, host)` themselves.
 */
export class CheckedSocket extends Socket {
  readonly #mayConnect: MayConnect

  constructor(mayConnect: MayConnect) {
    super()
    this.#mayConnect = mayConnect
  }

  override connect(...target: unknown[]): this {
    const [port, host] = target
    if (typeof port !== 'number' || typeof host !== 'string') {
      // A path of a socket file, which is no address of a server.
      return this.destroy(new AddressRefused(String(port), 0, []))
    }
    // A literal address is never looked up.
    if (isIP(host) !== 0 && !this.#mayConnect({ host, port, address: host })) {
      return this.destroy(new AddressRefused(host, port, [host]))
    }
    return super.connect({ port, host, lookup: checkedLookup(port, this.#mayConnect) })
  }
}
