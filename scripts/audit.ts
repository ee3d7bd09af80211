// Asks the registry for known holes in what production depends on. Fails where there is a grave one;
// a registry that does not answer, or knows no advisories as mirrors do, is said and fails nobody.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { readAudit } from './read-audit.ts'
import { root } from './tool.ts'

/** So long the registry may take, in milliseconds. */
const limitMs = 45_000

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  packageManager: string
}
const options = ['--prod', '--audit-level', 'high', '--json', ...process.argv.slice(2)]
const child = spawn('npx', ['-y', manifest.packageManager, 'audit', ...options], {
  cwd: root,
  stdio: ['ignore', 'pipe', 'ignore'],
  // A process of its own beside what it starts, so that all of them end in time.
  detached: true,
})
const timer = setTimeout(() => {
  if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
}, limitMs)
const [output] = await Promise.all([text(child.stdout), once(child, 'close')])
clearTimeout(timer)

const audit = readAudit(output)
if (audit === undefined) {
  console.warn('THE DEPENDENCIES WERE NOT AUDITED: the registry answered no question about holes.')
} else if (audit.length === 0) {
  console.log('No grave hole is known in what production depends on.')
} else {
  console.error(`Grave holes are known in what production depends on:\n${audit.join('\n')}`)
  process.exitCode = 1
}
