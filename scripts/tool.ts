import { type SpawnOptions, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { findPackageJSON } from 'node:module'
import { constants } from 'node:os'
import { dirname, join } from 'node:path'

/** The workspace's root directory. */
export const root = dirname(import.meta.dirname)

/**
 * The script behind a package's command, as the package in directory `from` sees it. Run it with
 * `process.execPath`: the same Node.js everywhere and no shell, so Windows works too.
 */
export function toolPath(command: string, from: string, packageName = command): string {
  const manifestPath = findPackageJSON(packageName, join(from, 'package.json'))
  if (manifestPath === undefined) {
    throw new Error(`"${packageName}" is not installed. Run: npx -y pnpm@12.21.0 install`)
  }
  // A published manifest: bin is a path, or paths by command.
  const manifest = JSON.parse(readFileSync(manifestPath, 'utf8')) as {
    bin: string | Record<string, string>
  }
  const bin = typeof manifest.bin === 'string' ? manifest.bin : manifest.bin[command]
  if (bin === undefined) throw new Error(`"${packageName}" has no command "${command}".`)
  return join(dirname(manifestPath), bin)
}

/** Runs a script with this Node.js in the same terminal and answers its exit code. */
export async function runNode(args: readonly string[], options: SpawnOptions = {}) {
  const child = spawn(process.execPath, args, { stdio: 'inherit', cwd: root, ...options })
  const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null]
  return exitCode(code, signal)
}

/** The code a shell would report: 128 plus the number of the signal that ended the process. */
export function exitCode(code: number | null, signal: NodeJS.Signals | null): number {
  return signal === null ? (code ?? 1) : 128 + constants.signals[signal]
}
