import { execFile } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

const programs: Readonly<Record<string, readonly [string, ...string[]]>> = {
  sh: ['sh'],
  ts: [process.execPath],
  py: ['python3'],
}

/**
 * Runs code as somebody who copied it into a file would, with an API key in the environment. Answers
 * what it printed; fails where it fails. Packages are those of this workspace when `directory` is in it.
 */
export async function runSnippet(
  directory: string,
  { name, code }: { readonly name: string; readonly code: string },
): Promise<string> {
  const file = join(directory, name)
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, code)
  const [program, ...flags] = programs[name.split('.').at(-1) ?? ''] ?? ['false']
  const { stdout } = await run(program, [...flags, file], {
    cwd: directory,
    timeout: 20_000,
    env: { PATH: process.env['PATH'] ?? '', MILLRACE_API_KEY: 'any', PYTHONIOENCODING: 'utf-8' },
  })
  return stdout
}

/** Whether this machine can run Python. */
export function hasPython(): Promise<boolean> {
  return run('python3', ['--version']).then(
    () => true,
    () => false,
  )
}
