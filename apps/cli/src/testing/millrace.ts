import { spawn } from 'node:child_process'
import { join } from 'node:path'

/** The command itself. */
export const main = join(import.meta.dirname, '..', 'main.ts')

interface Result {
  readonly code: number | null
  readonly output: string
  readonly errors: string
}

/** Runs the command in a process of its own, to its end. */
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
