// Builds the public packages and packs each as npm gets it: `pnpm run pack <directory>` leaves one
// tarball for each there. What their files promise is tested by e2e/journeys/packages.spec.ts.
import { spawnSync } from 'node:child_process'
import { globSync, mkdirSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { buildStale, exitUnbuilt } from './artifacts.ts'
import { root, runNode, toolPath } from './tool.ts'

/** Libraries, in the order in which they see each other's types. */
const libraries = ['flow', 'engine', 'nodes', 'client']

const into = resolve(process.argv[2] ?? join(root, 'test-results', 'packages'))
mkdirSync(into, { recursive: true })
await buildStale().catch(exitUnbuilt)
for (const name of libraries) {
  const directory = join(root, 'packages', name)
  // The packed database lies there too, so that only what the compiler wrote is removed.
  for (const file of globSync('dist/**/*.{js,d.ts}', { cwd: directory })) {
    rmSync(join(directory, file))
  }
  await run([toolPath('tsc', root, 'typescript'), '-p', 'tsconfig.build.json'], directory)
  pack(directory)
}
const command = join(root, 'apps', 'cli')
await run([toolPath('tsdown', command), '--logLevel', 'warn'], command)
pack(command)

async function run(args: readonly string[], cwd: string): Promise<void> {
  const code = await runNode(args, { cwd })
  if (code !== 0) process.exit(code)
}

function pack(cwd: string): void {
  const args = ['-y', 'pnpm@12.21.0', 'pack', '--pack-destination', into]
  const { status } = spawnSync('npx', args, { cwd, stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}
