import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Environment } from '../settings.ts'

/** A server in a process of its own; whoever starts it ends it. */
export interface ServerProcess {
  readonly child: ChildProcess
  readonly url: string
  /** What it said when it was ready. */
  readonly welcome: string
}

/** Starts the server's command in a data directory, on a free port. */
export function spawnMain(
  directory: string,
  environment: Environment,
  args: readonly string[] = [],
) {
  const main = fileURLToPath(new URL('../main.ts', import.meta.url))
  const child = spawn(process.execPath, [main, ...args], {
    env: { ...process.env, MILLRACE_PORT: '0', MILLRACE_DATA_DIR: directory, ...environment },
  })
  const output = { stdout: '', stderr: '' }
  child.stdout.on('data', (data) => {
    output.stdout += String(data)
  })
  child.stderr.on('data', (data) => {
    output.stderr += String(data)
  })
  return { child, output }
}

/** Resolves when a server says that it is ready. */
export async function whenReady({
  child,
  output,
}: ReturnType<typeof spawnMain>): Promise<ServerProcess> {
  while (!output.stdout.includes('Ctrl+C')) {
    await Promise.race([once(child.stdout, 'data'), once(child, 'exit')])
    if (child.exitCode !== null) throw new Error(output.stderr)
  }
  return { child, url: /http:\S+/.exec(output.stdout)?.[0] ?? '', welcome: output.stdout }
}

/** Ends a server as `kill -9` does, if it still runs. */
export async function killServer({ child }: Pick<ServerProcess, 'child'>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGKILL')
  await once(child, 'exit')
}
