import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'

const root = join(import.meta.dirname, '../..')

/** A command that ended. */
export interface Ended {
  readonly code: number | null
  /** What it wrote, on either stream. */
  readonly output: string
}

/** An empty folder into which npm installed the packages, as somebody who has nothing else of ours. */
export interface NpmConsumer extends AsyncDisposable {
  readonly directory: string
  /** Runs a command there, with the Node.js of this process. */
  run(
    command: string,
    args: readonly string[],
    env?: Readonly<Record<string, string>>,
  ): Promise<Ended>
  /** Copies an example of the repository there, without what is installed in it. */
  copyExample(name: string): Promise<void>
}

/** Whether npm reaches its registry. */
export async function npmAnswers(): Promise<boolean> {
  const { code } = await run('npm', ['view', 'zod', 'version', '--fetch-retries=0'], { cwd: root })
  return code === 0
}

/** Packs the public packages, and the example of a node package, and installs them with npm alone. */
export async function installPackages(): Promise<NpmConsumer> {
  const directory = await mkdtemp(join(tmpdir(), 'millrace-npm-'))
  const tarballs = join(directory, 'tarballs')
  await succeed(process.execPath, [join(root, 'scripts/pack.ts'), tarballs], root)
  const example = ['--filter', 'millrace-example-nodes', 'pack', '--pack-destination', tarballs]
  await succeed('npx', ['-y', 'pnpm@12.21.0', ...example], root)
  await writeFile(join(directory, 'package.json'), '{ "private": true, "type": "module" }\n')
  const files = (await readdir(tarballs)).map((name) => join(tarballs, name))
  await succeed(
    'npm',
    ['install', '--no-audit', '--no-fund', '--prefer-offline', ...files],
    directory,
  )
  return {
    directory,
    run: (command, args, env) => run(command, args, { cwd: directory, ...(env && { env }) }),
    copyExample: (name) =>
      cp(join(root, 'examples', name), directory, {
        recursive: true,
        filter: (path) => !/(?:node_modules|package\.json|README\.md|tsconfig\.json)$/.test(path),
      }),
    [Symbol.asyncDispose]: () => rm(directory, { recursive: true, force: true }),
  }
}

/** The environment of a command that finds the Node.js of this process before any other. */
export function withThisNode(env: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const path = [dirname(process.execPath), process.env['PATH']].join(delimiter)
  // What pnpm tells the scripts that it runs is not for npm; and modules are found by nothing else.
  const own = Object.entries(process.env).filter(
    ([name]) => !/^(?:npm_(?!config_)|NODE_PATH$)/i.test(name),
  )
  return { ...Object.fromEntries(own), PATH: path, ...env }
}

interface RunOptions {
  readonly cwd: string
  readonly env?: Readonly<Record<string, string>>
}

async function run(
  command: string,
  args: readonly string[],
  { cwd, env }: RunOptions,
): Promise<Ended> {
  const child = spawn(command, args, {
    cwd,
    env: withThisNode(env),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const collect = (data: Buffer) => (output += data.toString())
  child.stdout.on('data', collect)
  child.stderr.on('data', collect)
  const [code] = (await once(child, 'close')) as [number | null] // of a process that has ended
  return { code, output }
}

async function succeed(command: string, args: readonly string[], cwd: string): Promise<void> {
  const { code, output } = await run(command, args, { cwd })
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}:\n${output}`)
}
