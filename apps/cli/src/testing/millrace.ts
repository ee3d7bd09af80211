import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

/** The command's source, for what starts it by itself. */
export const main = join(import.meta.dirname, '..', 'main.ts')

/** How a command ended, and what it printed. */
export interface Result {
  readonly code: number | null
  readonly output: string
  readonly errors: string
}

/** Starts the command as a process of its own, for what a test does to it while it runs. */
export function spawnMillrace(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): ChildProcessWithoutNullStreams {
  return spawn(process.execPath, [main, ...args], { env: { ...process.env, ...env } })
}

/** Runs the command to its end. */
export function millrace(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  stdin = '',
): Promise<Result> {
  const child = spawnMillrace(args, env)
  child.stdin.end(stdin)
  let output = ''
  let errors = ''
  child.stdout.on('data', (data: Buffer) => (output += data.toString()))
  child.stderr.on('data', (data: Buffer) => (errors += data.toString()))
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, output, errors })))
}

/** Where a server listens, once it says that it does. */
export async function addressOf(server: ChildProcessWithoutNullStreams): Promise<string> {
  let output = ''
  while (!output.includes('Ctrl+C')) {
    const [data] = (await once(server.stdout, 'data')) as [Buffer]
    output += data.toString()
  }
  return /http:\S+/.exec(output)?.[0] ?? ''
}

/** Starts a server on a free port and a data directory; ends when it is disposed of. */
export async function startServer(
  directory: string,
  env: Readonly<Record<string, string>> = {},
): Promise<AsyncDisposable & { readonly address: string }> {
  const server = spawnMillrace(['start'], {
    MILLRACE_PORT: '0',
    MILLRACE_DATA_DIR: directory,
    ...env,
  })
  return {
    address: await addressOf(server),
    async [Symbol.asyncDispose]() {
      const exit = once(server, 'exit')
      server.kill('SIGTERM')
      await exit
    },
  }
}
