import { globSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root, runNode, toolPath } from './tool.ts'

/** Something the product needs built: a script run in `directory` fills `directory/dist`. */
export interface Artifact {
  readonly name: string
  readonly directory: string
  /** The script with its arguments. */
  readonly command: (directory: string) => readonly string[]
  /** What it is made of, beside what is installed. */
  readonly sources: readonly string[]
}

/** The bundle that `pnpm start` runs, relative to the workspace. */
export const serverBundle = join('apps', 'server', 'dist', 'main.js')

const packages = globSync('packages/*', { cwd: root })
const nodes = join('packages', 'nodes')

/** All that `pnpm build` builds, in this order: the server's bundle takes the packed database along. */
export const artifacts: readonly Artifact[] = [
  {
    name: 'editor',
    directory: 'apps/editor',
    command: (cwd) => [toolPath('vite', cwd), 'build'],
    sources: ['apps/editor', 'scripts/pack-assets.ts', ...packages],
  },
  {
    name: 'chat',
    directory: 'apps/chat',
    command: (cwd) => [join(cwd, 'build.ts')],
    sources: ['apps/chat', 'scripts/pack-assets.ts', ...packages],
  },
  {
    name: 'embedded database',
    directory: nodes,
    command: () => [join(root, 'scripts', 'pack-embedded-database.ts')],
    sources: [
      join('scripts', 'pack-embedded-database.ts'),
      join(nodes, 'src', 'demo'),
      join(nodes, 'src', 'examples', 'rag-chat'),
      join(nodes, 'src', 'postgres', 'embedded'),
    ],
  },
  {
    name: 'server',
    directory: 'apps/server',
    command: (cwd) => [toolPath('tsdown', cwd)],
    sources: ['apps/server', ...packages],
  },
]

/** Builds those of the artifacts that are missing or older than their sources. */
export async function buildStale(wanted = artifacts): Promise<void> {
  for (const artifact of wanted) if (!isFresh(artifact)) await build(artifact)
}

/** Builds one artifact. Throws when its tool fails, whose output is in the terminal by then. */
export async function build(artifact: Artifact): Promise<void> {
  const startedAt = new Date()
  const cwd = join(root, artifact.directory)
  const code = await runNode(artifact.command(cwd), { cwd })
  if (code !== 0) throw new Error(`The ${artifact.name} was not built: see the messages above.`)
  const stamp = stampOf(artifact)
  writeFileSync(stamp, '')
  // Dated at the build's start: what is edited while it runs counts as newer.
  utimesSync(stamp, startedAt, startedAt)
}

/** For the end of a script that cannot go on without what was not built. */
export function exitUnbuilt(error: unknown): never {
  console.error(`\n${error instanceof Error ? error.message : String(error)}`)
  process.exit(1)
}

function isFresh(artifact: Artifact): boolean {
  const built = statSync(stampOf(artifact), { throwIfNoEntry: false })
  if (built === undefined) return false
  const sources = [...artifact.sources, 'pnpm-lock.yaml'].map((path) => join(root, path))
  return Math.max(...sources.map(newestChange)) < built.mtimeMs
}

/** Written last, and removed by the tools with the rest of `dist`: a build cut short is stale. */
function stampOf(artifact: Artifact): string {
  return join(root, artifact.directory, 'dist', '.built')
}

/** In epoch ms, of a file, or of what is below a directory; a folder's own shows a removed file. */
function newestChange(path: string): number {
  const stat = statSync(path)
  if (!stat.isDirectory()) return stat.mtimeMs
  const changes = readdirSync(path)
    .filter((name) => name !== 'node_modules' && name !== 'dist')
    .map((name) => newestChange(join(path, name)))
  return Math.max(stat.mtimeMs, ...changes)
}
