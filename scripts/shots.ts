import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { takeShots, windowSizes } from '../e2e/src/shots/take-shots.ts'
import { root, runNode, toolPath } from './tool.ts'

/**
 * Pictures of every screen and state of the editor and the chat, in both themes, wide and narrow, in
 * test-results/shots. `pnpm shots conflict flows` takes those whose name holds a word;
 * `--no-build` takes them of the last build; `--light`, and the size of a window, such as `--wide`
 * or `--small`, take fewer or others.
 */
const args = process.argv.slice(2)
// Apart from the builds that the server serves, which others may be replacing meanwhile.
const built = {
  editor: join(root, 'test-results', 'shots-editor'),
  chat: join(root, 'test-results', 'shots-chat'),
}
if (!args.includes('--no-build') || !existsSync(built.editor) || !existsSync(built.chat)) {
  await build('editor', ['--outDir', built.editor, '--emptyOutDir'])
  await build('chat', ['--outDir', built.chat, '--emptyOutDir'])
  await build('chat', ['--outDir', built.chat, '--config', 'widget.config.ts'])
}
const complaints = await takeShots({
  built,
  into: join(root, 'test-results', 'shots'),
  words: args.filter((arg) => !arg.startsWith('--')),
  sizes: windowSizes(args.filter((arg) => arg.startsWith('--')).map((arg) => arg.slice(2))),
  isLightOnly: args.includes('--light'),
})
if (complaints > 0) process.exitCode = 1

async function build(app: keyof typeof built, flags: readonly string[]): Promise<void> {
  const cwd = join(root, 'apps', app)
  const code = await runNode([toolPath('vite', cwd), 'build', ...flags, '--logLevel', 'warn'], {
    cwd,
  })
  if (code !== 0) process.exit(code)
}
