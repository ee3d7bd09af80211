import { createServer, type AddressInfo, type Socket } from 'node:net'

/** A server of a test's own, on a free port of this machine. */
export interface ScriptedServer extends AsyncDisposable {
  readonly port: number
}

/** Starts a server that speaks for itself; what comes first from a client starts its script. */
export async function startScriptedServer(
  script: (socket: Socket, first: Buffer) => void,
): Promise<ScriptedServer> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(socket))
    socket.once('data', (first) => script(socket, first))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port, // it listens on a port
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** What PostgreSQL sends when it refuses something. */
export function errorResponse(code: string, message: string): Buffer {
  const fields = Buffer.from(`SFATAL\0C${code}\0M${message}\0\0`)
  const head = Buffer.alloc(5)
  head.write('E')
  head.writeInt32BE(fields.length + 4, 1)
  return Buffer.concat([head, fields])
}
