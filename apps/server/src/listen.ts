import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Settings } from './settings.ts'
import { StartError } from './start-error.ts'

/** Listens, and answers the server's address. Throws a `StartError` when the port is taken. */
export async function listen(
  server: Server,
  { host, port }: Pick<Settings, 'host' | 'port'>,
): Promise<string> {
  server.listen(port, host)
  try {
    await once(server, 'listening')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'EADDRINUSE') {
      throw new StartError(
        `Port ${port} is in use. Stop what listens there, or set MILLRACE_PORT to another port.`,
      )
    }
    if (code === 'EACCES') {
      throw new StartError(`Port ${port} may not be used. Set MILLRACE_PORT to one above 1023.`)
    }
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
      throw new StartError(
        `"${host}" is no address of this machine. Set MILLRACE_HOST to one, or to 0.0.0.0 for all.`,
      )
    }
    throw error
  }
  const { address, family, port: taken } = server.address() as AddressInfo // a TCP server's address is never a text
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${taken}`
}

/** How long answers that were already written may take to leave. */
const leavingMs = 500

/** Takes no more connections and ends those that there are; a closed server stays closed. */
export async function closeServer(server: Server): Promise<void> {
  if (!server.listening) return
  const closed = once(server, 'close')
  server.close()
  const timer = setTimeout(() => server.closeAllConnections(), leavingMs)
  await closed
  clearTimeout(timer)
}
