import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

/** A way to a server that loses connections. */
export interface CuttingProxy extends AsyncDisposable {
  readonly url: string
  /** How many connections it took. */
  readonly connections: () => number
}

/**
 * Stands before a server, and cuts each connection after so many bytes of what the server sends: the
 * first after the first number, and so on; those after the last are left alone.
 */
export async function startCuttingProxy(
  serverUrl: string,
  cuts: readonly number[],
): Promise<CuttingProxy> {
  const port = Number(new URL(serverUrl).port)
  const open = new Set<Socket>()
  let connections = 0
  const proxy = createServer((client) => {
    const upstream = connect(port, '127.0.0.1')
    let left = cuts[connections] ?? Infinity
    connections += 1
    for (const socket of [client, upstream]) {
      open.add(socket)
      // What breaks on one side breaks on the other.
      socket.on('error', () => undefined)
      socket.on('close', () => {
        open.delete(socket)
        client.destroy()
        upstream.destroy()
      })
    }
    client.pipe(upstream)
    upstream.on('data', (bytes: Buffer) => {
      client.write(bytes.subarray(0, left))
      left -= bytes.length
      // So that what came before the cut arrives.
      if (left <= 0) client.end(() => client.destroy())
    })
  }).listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  return {
    url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`, // a TCP server's is never a string
    connections: () => connections,
    async [Symbol.asyncDispose]() {
      for (const socket of open) socket.destroy()
      proxy.close()
      await once(proxy, 'close')
    },
  }
}
