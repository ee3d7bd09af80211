import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

/** The command's source, for tests that start it in their own way. */
export const main = join(import.meta.dirname, '..', 'main.ts')

/** How a command ended, and what it printed. */
export interface Result {
  readonly code: number | null
  readonly output: string
  readonly errors: string
}

/** Runs the command as a process of its own, to its end. */
export function millrace(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  stdin = '',
): Promise<Result> {
  const child = spawn(process.execPath, [main, ...args], { env: { ...process.env, ...env } })
  child.stdin.end(stdin)
  let output = ''
  let errors = ''
  child.stdout.on('data', (data: Buffer) => (output += data.toString()))
  child.stderr.on('data', (data: Buffer) => (errors += data.toString()))
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, output, errors })))
}

/** Where a server listens, once it says that it does. */
export async function addressOf(server: ChildProcess): Promise<string> {
  let output = ''
  while (!output.includes('Ctrl+C')) {
    const [data] = (await once(server.stdout ?? server, 'data')) as [Buffer]
    output += data.toString()
  }
  return /http:\S+/.exec(output)?.[0] ?? ''
}

/** Starts a server on a free port and a data directory; ends when it is disposed of. */
export async function startServer(
  directory: string,
): Promise<AsyncDisposable & { readonly address: string }> {
  const server = spawn(process.execPath, [main, 'start'], {
    env: { ...process.env, MILLRACE_PORT: '0', MILLRACE_DATA_DIR: directory },
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
