import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { faultTests } from './fault-tests.ts'
import { root, runNode, toolPath } from './tool.ts'

/**
 * Every test of docs/faults.md as often as its figure says, one file after another, since some of
 * them measure. `pnpm faults kill` runs those whose path has a word in it.
 */
const words = process.argv.slice(2)
const isWanted = (path: string) => words.length === 0 || words.some((word) => path.includes(word))
const tests = faultTests().filter(isWanted)
const isHeapWanted = isWanted('bench/many-runs.ts')
if (tests.length === 0 && !isHeapWanted) {
  throw new Error(`No test of docs/faults.md has "${words.join('" or "')}" in its path.`)
}

const postgres = join(root, '.ci', 'postgres')
const cluster = mkdtempSync(join(tmpdir(), 'millrace-faults-'))
const ownUrl = process.env['TEST_PG_URL'] === undefined ? startPostgres() : undefined
const env = {
  ...process.env,
  TEST_LONG: '1',
  ...(ownUrl === undefined ? {} : { TEST_PG_URL: ownUrl }),
}
console.log(`Load of this machine at the start: ${load()}`)
const codes: number[] = []
if (tests.length > 0) {
  const args = ['run', '--maxWorkers', '1', ...tests]
  codes.push(await runNode([toolPath('vitest', root), ...args], { env }))
}
if (isHeapWanted) codes.push(await runNode(['bench/many-runs.ts'], { env }))
console.log(`Load of this machine at the end: ${load()}`)

if (ownUrl !== undefined) execFileSync(postgres, ['stop', cluster])
rmSync(cluster, { recursive: true })
process.exitCode = Math.max(...codes)

/** The URL of a PostgreSQL of its own; `undefined`, and said aloud, where there can be none. */
function startPostgres(): string | undefined {
  try {
    const output = execFileSync(postgres, ['start', cluster, '54392'])
    return output.toString().trim().split('\n').at(-1)
  } catch {
    console.warn('THE TESTS THAT NEED A POSTGRESQL ARE NOT RUN: see .ci/postgres.')
    return undefined
  }
}

/** Of the last minute, five and fifteen: what figures are to be read with. */
function load(): string {
  return loadavg()
    .map((average) => average.toFixed(1))
    .join(' ')
}
