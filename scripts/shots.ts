import { join } from 'node:path'
import { takeShots } from '../e2e/src/shots/take-shots.ts'
import { artifacts, build } from './artifacts.ts'
import { root } from './tool.ts'

/**
 * Pictures of every screen and state of the editor, in both themes, wide and narrow, in
 * test-results/shots. `pnpm shots conflict flows` takes those whose name holds a word;
 * `--no-build` takes them of what is built already; `--wide` and `--light` take fewer.
 */
const args = process.argv.slice(2)
const editor = artifacts.find(({ name }) => name === 'editor')
if (editor !== undefined && !args.includes('--no-build')) await build(editor)
const complaints = await takeShots({
  dist: join(root, 'apps', 'editor', 'dist'),
  into: join(root, 'test-results', 'shots'),
  words: args.filter((arg) => !arg.startsWith('--')),
  isWideOnly: args.includes('--wide'),
  isLightOnly: args.includes('--light'),
})
if (complaints > 0) process.exitCode = 1
