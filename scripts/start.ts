// Builds what is missing or out of date, then runs the server in this terminal until it ends.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { buildStale, exitUnbuilt, serverBundle } from './artifacts.ts'
import { exitCode, root } from './tool.ts'

await buildStale().catch(exitUnbuilt)

const args = [join(root, serverBundle), ...process.argv.slice(2)]
const server = spawn(process.execPath, args, { stdio: 'inherit' })
server.on('exit', (code, signal) => process.exit(exitCode(code, signal)))

process.on('SIGTERM', () => server.kill('SIGTERM'))
process.on('SIGINT', () => {
  // A terminal's Ctrl+C reaches both processes; a second signal would cut the draining short.
  if (!process.stdin.isTTY) server.kill('SIGINT')
})
