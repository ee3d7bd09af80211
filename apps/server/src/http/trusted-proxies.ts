import { BlockList, isIP } from 'node:net'
import { StartError } from '../start-error.ts'

/** Whether what stands at an address is a proxy of the operator's, whose headers are believed. */
export type TrustsProxy = (address: string) => boolean

/** Reads addresses and networks. Throws a `StartError` for what is neither. */
export function readTrustedProxies(entries: readonly string[]): TrustsProxy {
  if (entries.length === 0) return () => false
  const list = new BlockList()
  for (const entry of entries) add(list, entry)
  return (address) => isIP(address) !== 0 && list.check(address, familyOf(address))
}

function add(list: BlockList, entry: string): void {
  const [address = '', bits, ...more] = entry.split('/')
  const most = isIP(address) === 6 ? 128 : 32
  const prefix = bits === undefined ? most : Number(bits)
  const isRead =
    isIP(address) !== 0 && more.length === 0 && /^[0-9]*$/.test(bits ?? '') && bits !== ''
  if (!isRead || prefix > most) {
    throw new StartError(
      `MILLRACE_TRUSTED_PROXIES holds "${entry}". Give addresses or networks, as in 127.0.0.1, 10.0.0.0/8 or ::1, with commas between.`,
    )
  }
  list.addSubnet(address, prefix, familyOf(address))
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4'
}
