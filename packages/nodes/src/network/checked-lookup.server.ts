import { lookup as resolve, type LookupAddress, type LookupOptions } from 'node:dns'
import type { OutgoingTarget } from '@millrace/engine'

/** Whether the server may reach an address. */
export type MayConnect = (target: OutgoingTarget) => boolean

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

type LookupCallback = (
  error: Error | null,
  addresses: LookupAddress[] | string,
  family?: number,
) => void

/** Resolves names for sockets to a port, and gives only the addresses that may be reached. */
export function checkedLookup(port: number, mayConnect: MayConnect) {
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
