import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

const bundle = join(import.meta.dirname, '../../apps/server/dist/main.js')

/** The built product, as `pnpm start` runs it, on a port and a data directory of its own. */
export interface MillraceServer extends AsyncDisposable {
  readonly url: string
  /** The process that runs now: another one after `start`. */
  readonly process: ChildProcess
  /** What the server printed so far. */
  readonly output: () => string
  /** Ends the process without a goodbye, as a crash does. */
  readonly kill: () => Promise<void>
  /** Starts it anew after `kill`, on the same port and data directory, and waits until it is ready. */
  readonly start: () => Promise<void>
}

/** Starts the built server and waits until it is ready; whoever starts it disposes of it. */
export async function startMillrace(
  env: Readonly<Record<string, string>> = {},
): Promise<MillraceServer> {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'millrace-e2e-'))
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  let output = ''
  let child = launch()

  function launch(): ChildProcess {
    const launched = spawn(process.execPath, [bundle], {
      env: {
        PATH: process.env['PATH'] ?? '',
        MILLRACE_PORT: String(port),
        MILLRACE_DATA_DIR: dataDirectory,
        MILLRACE_DRAIN_SECONDS: '1',
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const collect = (data: Buffer) => (output += data.toString())
    launched.stdout.on('data', collect)
    launched.stderr.on('data', collect)
    return launched
  }

  async function end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill(signal)
    await once(child, 'exit')
  }

  async function dispose(): Promise<void> {
    await end('SIGTERM')
    await rm(dataDirectory, { recursive: true, force: true })
  }

  try {
    await untilReady(url, child, () => output)
  } catch (error) {
    await dispose()
    throw error
  }
  return {
    url,
    get process() {
      return child
    },
    output: () => output,
    kill: () => end('SIGKILL'),
    async start() {
      child = launch()
      await untilReady(url, child, () => output)
    },
    [Symbol.asyncDispose]: dispose,
  }
}

/** Waits until a server answers that it is ready; fails with what it printed when it does not. */
export async function untilReady(
  url: string,
  child: ChildProcess,
  output: () => string,
): Promise<void> {
  const deadline = Date.now() + 20_000
  while (Date.now() < deadline) {
    if (child.exitCode !== null) break
    const response = await fetch(`${url}/api/health`).catch(() => undefined)
    if (response?.ok === true) return
    await wait(50)
  }
  throw new Error(`The server did not get ready. It said:\n${output()}`)
}

/** A port on which nothing listens at this moment. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo // A TCP server's address is never a string.
  server.close()
  await once(server, 'close')
  return port
}
