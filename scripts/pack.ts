// Builds the public packages and packs them as npm gets them: `pnpm run pack <directory>` leaves a
// tarball of each there. e2e/journeys/packages.spec.ts installs and uses them.
import { spawnSync } from 'node:child_process'
import { globSync, mkdirSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { buildStale, exitUnbuilt } from './artifacts.ts'
import { root, runNode, toolPath } from './tool.ts'

/** In the order in which they see each other's types. */
const libraries = ['flow', 'engine', 'nodes', 'client']
const command = join(root, 'apps', 'cli')

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
}
await run([toolPath('tsdown', command), '--logLevel', 'warn'], command)
const names = [...libraries.map((name) => `@millrace/${name}`), 'millrace']
const filters = names.flatMap((name) => ['--filter', name])
const pnpm = ['-y', 'pnpm@12.21.0', ...filters, 'pack', '--pack-destination', into]
const { status } = spawnSync('npx', pnpm, { cwd: root, stdio: 'inherit' })
process.exitCode = status ?? 1

async function run(args: readonly string[], cwd: string): Promise<void> {
  const code = await runNode(args, { cwd })
  if (code !== 0) process.exit(code)
}
