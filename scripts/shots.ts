import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { takeShots, windowSizes } from '../e2e/src/shots/take-shots.ts'
import { root, runNode, toolPath } from './tool.ts'

/**
 * Pictures of every screen and state of the editor, in both themes, wide and narrow, in
 * test-results/shots. `pnpm shots conflict flows` takes those whose name holds a word;
 * `--no-build` takes them of the last build; `--light`, and the size of a window, such as `--wide`
 * or `--small`, take fewer or others.
 */
const args = process.argv.slice(2)
const editor = join(root, 'apps', 'editor')
// Apart from the build that the server serves, which others may be replacing meanwhile.
const dist = join(root, 'test-results', 'shots-editor')
if (!args.includes('--no-build') || !existsSync(dist)) {
  const build = ['build', '--outDir', dist, '--emptyOutDir', '--logLevel', 'warn']
  const code = await runNode([toolPath('vite', editor), ...build], { cwd: editor })
  if (code !== 0) process.exit(code)
}
const complaints = await takeShots({
  dist,
  into: join(root, 'test-results', 'shots'),
  words: args.filter((arg) => !arg.startsWith('--')),
  sizes: windowSizes(args.filter((arg) => arg.startsWith('--')).map((arg) => arg.slice(2))),
  isLightOnly: args.includes('--light'),
})
if (complaints > 0) process.exitCode = 1
