import { once } from 'node:events'
import type { Socket } from 'node:net'
import type { MayConnect } from '../network/checked-lookup.server.ts'
import { CheckedSocket } from '../network/checked-socket.server.ts'

/** Where the driver wants to connect: the server itself, or another one that it was sent on to. */
export interface DialTarget {
  readonly host: string
  readonly port: number
}

/** Connects to a server if its address is allowed; rejects with `AddressRefused` if not. */
export async function connectChecked(
  { host, port }: DialTarget,
  mayConnect: MayConnect,
  signal?: AbortSignal,
): Promise<Socket> {
  const socket = new CheckedSocket(mayConnect)
  const connected = once(socket, 'connect', signal === undefined ? {} : { signal })
  socket.connect(port, host)
  try {
    await connected
    return socket
  } catch (error) {
    socket.destroy()
    throw error
  }
}
