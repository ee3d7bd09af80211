import { globSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root, runNode, toolPath } from './tool.ts'

/** Something the product needs built: a tool run in `directory` fills `directory/dist`. */
export interface Artifact {
  readonly name: string
  readonly directory: string
  readonly tool: string
  readonly args: readonly string[]
}

/** The bundle that `pnpm start` runs, relative to the workspace. */
export const serverBundle = join('apps', 'server', 'dist', 'main.js')

/** All that `pnpm build` builds. */
export const artifacts: readonly Artifact[] = [
  { name: 'editor', directory: 'apps/editor', tool: 'vite', args: ['build'] },
  { name: 'server', directory: 'apps/server', tool: 'tsdown', args: [] },
]

/** Builds those of the artifacts that are missing or older than their sources. */
export async function buildStale(): Promise<void> {
  for (const artifact of artifacts) if (!isFresh(artifact)) await build(artifact)
}

/** Builds one artifact. Throws when its tool fails, whose output is in the terminal by then. */
export async function build(artifact: Artifact): Promise<void> {
  const startedAt = new Date()
  const cwd = join(root, artifact.directory)
  const code = await runNode([toolPath(artifact.tool, cwd), ...artifact.args], { cwd })
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
  const packages = globSync('packages/*', { cwd: root })
  const sources = [artifact.directory, ...packages].map((path) => join(root, path))
  const changes = [...sources.map(newestChange), statSync(join(root, 'pnpm-lock.yaml')).mtimeMs]
  return Math.max(...changes) < built.mtimeMs
}

/** Written last, and removed by the tools with the rest of `dist`: a build cut short is stale. */
function stampOf(artifact: Artifact): string {
  return join(root, artifact.directory, 'dist', '.built')
}

/** In epoch ms, of the files and folders below a directory; a folder's shows a removed file. */
function newestChange(directory: string): number {
  const changes = readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.name !== 'node_modules' && entry.name !== 'dist')
    .map((entry) => {
      const path = join(directory, entry.name)
      const { mtimeMs } = statSync(path)
      return entry.isDirectory() ? Math.max(mtimeMs, newestChange(path)) : mtimeMs
    })
  return Math.max(0, ...changes)
}
