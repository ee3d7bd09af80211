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
  readonly process: ChildProcess
  /** What the server printed so far. */
  readonly output: () => string
}

/** Starts the built server and waits until it is ready; whoever starts it disposes of it. */
export async function startMillrace(
  env: Readonly<Record<string, string>> = {},
): Promise<MillraceServer> {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'millrace-e2e-'))
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  let output = ''
  const child = spawn(process.execPath, [bundle], {
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
  child.stdout.on('data', collect)
  child.stderr.on('data', collect)

  const dispose = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM')
      await once(child, 'exit')
    }
    await rm(dataDirectory, { recursive: true, force: true })
  }
  try {
    await untilReady(url, child, () => output)
  } catch (error) {
    await dispose()
    throw error
  }
  return { url, process: child, output: () => output, [Symbol.asyncDispose]: dispose }
}

async function untilReady(url: string, child: ChildProcess, output: () => string): Promise<void> {
  const deadline = Date.now() + 20_000
  while (Date.now() < deadline) {
    if (child.exitCode !== null) break
    const response = await fetch(`${url}/api/health`).catch(() => undefined)
    if (response?.ok === true) return
    await wait(50)
  }
  throw new Error(`The server did not get ready. It said:\n${output()}`)
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo // A TCP server's address is never a string.
  server.close()
  await once(server, 'close')
  return port
}
