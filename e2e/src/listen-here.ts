import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A server on this machine, whose connections end with it. */
export interface ListeningServer extends AsyncDisposable {
  readonly origin: string
  readonly close: () => Promise<void>
}

/** Lets a server listen on a free port. */
export async function listenHere(server: Server): Promise<ListeningServer> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo // A TCP server's address is never a string.
  return { origin: `http://127.0.0.1:${port}`, close, [Symbol.asyncDispose]: close }

  async function close(): Promise<void> {
    if (!server.listening) return
    server.close()
    server.closeAllConnections()
    await once(server, 'close')
  }
}
