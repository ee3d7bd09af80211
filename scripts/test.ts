// Runs every test: Vitest's, then the journeys in a real Chromium against the built product. The
// last line is their sum.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findChromium } from '../e2e/src/find-chromium.ts'
import { buildStale } from './artifacts.ts'
import {
  type Counts,
  addCounts,
  formatCounts,
  playwrightCounts,
  vitestCounts,
  vitestFailures,
} from './counts.ts'
import { root, runNode, toolPath } from './tool.ts'

// The commands and servers that tests start load the same sources again and again.
process.env['NODE_COMPILE_CACHE'] ??= join(root, 'node_modules', '.cache', 'millrace', 'compiled')

const reports = mkdtempSync(join(tmpdir(), 'millrace-test-'))
const units = await runVitest()
const counts = addCounts(units.counts, await runJourneys())
rmSync(reports, { recursive: true })

// Said again, since the journeys print so much after them.
for (const failure of units.failures) console.log(`FAILED ${failure}`)
console.log(`\n${formatCounts(counts)}`)
process.exitCode = counts.failed === 0 && counts.passed > 0 ? 0 : 1

async function runVitest(): Promise<{ counts: Counts; failures: readonly string[] }> {
  const path = join(reports, 'vitest.json')
  const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${path}`]
  const code = await runNode([toolPath('vitest', root), ...args])
  const report = readReport(path)
  return { counts: vitestCounts(report, code), failures: vitestFailures(report) }
}

async function runJourneys(): Promise<Counts> {
  const chromium = findChromium()
  if (chromium === undefined) {
    console.warn(`
  ┌──────────────────────────────────────────────────────────────────────┐
  │ THE BROWSER JOURNEYS WERE NOT RUN: no Chromium was found.            │
  │ Install one (Debian: apt-get install chromium-headless-shell), or    │
  │ set CHROMIUM_PATH to a Chromium or Chrome of yours, and run the      │
  │ tests again.                                                         │
  └──────────────────────────────────────────────────────────────────────┘`)
    return { passed: 0, failed: 0, skipped: 0 }
  }
  try {
    await buildStale()
  } catch (error) {
    console.error(`\nThe browser journeys were not run. ${String(error)}`)
    return { passed: 0, failed: 1, skipped: 0 }
  }
  // What measures time has the machine to itself.
  return addCounts(
    await runPlaywright(chromium, 'side-by-side', ['--grep-invert', '@alone']),
    await runPlaywright(chromium, 'alone', ['--grep', '@alone', '--workers=1']),
  )
}

async function runPlaywright(
  chromium: string,
  share: string,
  which: readonly string[],
): Promise<Counts> {
  const report = join(reports, `playwright-${share}.json`)
  const cwd = join(root, 'e2e')
  const args = [
    'test',
    '--reporter=list,json',
    '--pass-with-no-tests',
    `--output=test-results/${share}`,
    ...which,
  ]
  const code = await runNode([toolPath('playwright', cwd, '@playwright/test'), ...args], {
    cwd,
    env: {
      ...process.env,
      CHROMIUM_PATH: chromium,
      PLAYWRIGHT_JSON_OUTPUT_FILE: report,
    },
  })
  return playwrightCounts(readReport(report), code)
}

function readReport(path: string): unknown {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined
}
