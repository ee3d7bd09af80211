// The server, restarted when a source changes, and Vite's development server for the editor.
import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { artifacts, buildStale, exitUnbuilt } from './artifacts.ts'
import { root, toolPath } from './tool.ts'

const editor = join(root, 'apps', 'editor')
// What the sources need as well: the example's documents are in the first, and the server serves the other.
const needed = ['embedded database', 'chat']
await buildStale(artifacts.filter(({ name }) => needed.includes(name))).catch(exitUnbuilt)

const processes = [
  run('server', ['--watch', join('apps', 'server', 'src', 'main.ts')], root),
  run('editor', [toolPath('vite', editor)], editor),
]

let isStopping = false
process.on('SIGINT', stop)
process.on('SIGTERM', stop)

function run(name: string, args: readonly string[], cwd: string): ChildProcess {
  const color = process.stdout.isTTY ? { FORCE_COLOR: '1' } : {}
  const child = spawn(process.execPath, args, {
    cwd,
    env: { ...process.env, ...color },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  for (const [source, target] of [
    [child.stdout, process.stdout],
    [child.stderr, process.stderr],
  ] as const) {
    createInterface(source).on('line', (line) => target.write(`${name} | ${line}\n`))
  }
  child.on('exit', (code) => {
    // One without the other is of no use.
    if (!isStopping) process.exitCode = code ?? 1
    stop()
  })
  return child
}

function stop(): void {
  isStopping = true
  for (const child of processes) child.kill()
}
