import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Listens on a free port of this machine and tells the starting process which. */
export function announce(server: Server): void {
  server.listen({ port: 0, host: '127.0.0.1', backlog: 2048 }, () => {
    const { port } = server.address() as AddressInfo // A TCP server's address is never a string.
    console.log(`listening on ${port}`)
  })
}
